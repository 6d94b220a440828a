/* A TCP stack in a shared object as a world: packetdrill's --so_filename, see stack.h. */
#ifndef TCPCLOSE_STACKS_HOST_SHARED_OBJECT_H
#define TCPCLOSE_STACKS_HOST_SHARED_OBJECT_H

#include "host/host.h"

/*
 * Loads the object into the calling process, which is meant to run one test and exit: what has been
 * loaded is never unloaded. `flags` may be NULL. NULL with *failure and `error` set: FAULT_MISSING
 * when the stack cannot do what the world asks for, FAULT_BROKEN when the file is no such object.
 */
struct host *host_shared_object_open(const struct host_config *config, const char *path,
                                     const char *flags, enum fault *failure,
                                     char error[FAULT_TEXT]);

#endif
