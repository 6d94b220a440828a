/* A stack in a shared object, see stack.h. packetdrill's option for this is --so_filename. */
#ifndef TCPCLOSE_STACKS_SHARED_OBJECT_H
#define TCPCLOSE_STACKS_SHARED_OBJECT_H

#include "stacks/stack_source.h"

/*
 * Loads the object into the calling process, which should run one test and exit, because the object
 * is never unloaded. `flags` may be NULL. FAULT_MISSING: the stack cannot do what the world asks
 * for. FAULT_BROKEN: the file is not such an object.
 */
enum fault shared_object_load(const struct tcpclose_world *world, const char *path,
                              const char *flags, struct stack_source *source,
                              char error[FAULT_TEXT]);

#endif
