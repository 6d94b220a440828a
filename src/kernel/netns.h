/* A network namespace for this process, and the sysctls in it. */
#ifndef TCPCLOSE_KERNEL_NETNS_H
#define TCPCLOSE_KERNEL_NETNS_H

#include "host/host.h"

/*
 * Moves the calling process, which must have one thread, into a network namespace of its own. When
 * it may not do that, it goes into a new user namespace first, where it is root. Returns
 * FAULT_MISSING when the machine allows neither.
 */
enum fault netns_enter(char *error);

/* Closes what netns_enter() has opened. The process stays in the namespace until it ends. */
void netns_leave(void);

/*
 * A second one beside it, in the same user namespace; the way back to the first is netns_go(). Only
 * the calling thread moves.
 */
enum fault netns_enter_another(char *error);

/* A descriptor of the namespace that the calling thread is in, for netns_go(). */
enum fault netns_open(int *fd, char *error);
bool netns_go(int fd); /* false: errno says why */

/*
 * These write and read /proc/sys. The name is written with '.' or with '/'. FAULT_MISSING: the
 * sysctl does not exist, or may not be written here. FAULT_BROKEN: the value is refused.
 */
enum fault sysctl_write(const char *name, const char *value, char *error);

/*
 * Reads the value without its newline; tabs become blanks. A value that is longer than `size` is
 * cut.
 */
enum fault sysctl_read(const char *name, char *value, size_t size, char *error);

#endif
