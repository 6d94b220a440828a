/*
 * A TCP stack in a shared object as a world, see stack.h. packetdrill's option for this is
 * --so_filename.
 */
#ifndef TCPCLOSE_STACKS_HOST_SHARED_OBJECT_H
#define TCPCLOSE_STACKS_HOST_SHARED_OBJECT_H

#include "host/host.h"

/*
 * Loads the object into the calling process, which should run one test and exit, because the object
 * is never unloaded. `flags` may be NULL. On an error it returns NULL, and sets *failure and
 * `error`. FAULT_MISSING: the stack cannot do what the world asks for. FAULT_BROKEN: the file is
 * not such an object.
 */
struct host *host_shared_object_open(const struct host_config *config, const char *path,
                                     const char *flags, enum fault *failure,
                                     char error[FAULT_TEXT]);

#endif
