/* A stack in a shared object: packetdrill's --so_filename, see stack.h. */
#ifndef TCPCLOSE_STACKS_SHARED_OBJECT_H
#define TCPCLOSE_STACKS_SHARED_OBJECT_H

#include "stacks/stack_source.h"

/*
 * Loads the object into the calling process, which is meant to run one test and exit: what has been
 * loaded is never unloaded. `flags` may be NULL. FAULT_MISSING: the stack cannot do what the world
 * asks for; FAULT_BROKEN: the file is no such object.
 */
enum fault shared_object_load(const struct tcpclose_world *world, const char *path,
                              const char *flags, struct stack_source *source,
                              char error[FAULT_TEXT]);

#endif
