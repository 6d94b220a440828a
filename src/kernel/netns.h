/* A network namespace for this process, and the sysctls in it. */
#ifndef TCPCLOSE_KERNEL_NETNS_H
#define TCPCLOSE_KERNEL_NETNS_H

#include "host/host.h"

/*
 * Moves the calling process, which must have one thread, into a network namespace of its own; into
 * a user namespace as well (as its root) when it is not allowed to do the former. FAULT_MISSING
 * when the machine does not allow either.
 */
enum fault netns_enter(char *error);

/*
 * A second one beside it, in the same user namespace; the way back to the first is netns_go(). Only
 * the calling thread moves.
 */
enum fault netns_enter_another(char *error);

/* A descriptor of the namespace that the calling thread is in, for netns_go(). */
enum fault netns_open(int *fd, char *error);
bool netns_go(int fd); /* false: errno says why */

/*
 * Writes and reads /proc/sys; the name is written with '.' or with '/'. A sysctl that does not
 * exist, or may not be written here, is FAULT_MISSING; a value that is refused is FAULT_BROKEN.
 */
enum fault sysctl_write(const char *name, const char *value, char *error);

/* The value without its newline, tabs as blanks. A value longer than `size` is cut. */
enum fault sysctl_read(const char *name, char *value, size_t size, char *error);

#endif
