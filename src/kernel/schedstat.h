/*
 * How long a thread or a process was ready to run but did not get a processor:
 * proc_pid_schedstat(5).
 */
#ifndef TCPCLOSE_KERNEL_SCHEDSTAT_H
#define TCPCLOSE_KERNEL_SCHEDSTAT_H

#include <sys/types.h>

#include "base/usec.h"

/* Opens the file of the calling thread; the caller closes it. -1: this kernel does not count. */
int schedstat_open(void);

/*
 * The microseconds for which the thread was ready without running, in all; 0 when that is not
 * known.
 */
usec_t schedstat_waited(int fd);

/* The same for a process and for all processes that it has started and that still exist. */
usec_t schedstat_family_waited(pid_t pid);

#endif
