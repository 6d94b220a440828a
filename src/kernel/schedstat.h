/* How long others have kept somebody from running: proc_pid_schedstat(5). */
#ifndef TCPCLOSE_KERNEL_SCHEDSTAT_H
#define TCPCLOSE_KERNEL_SCHEDSTAT_H

#include <sys/types.h>

#include "base/usec.h"

/* Of the calling thread, to be closed; -1: this kernel does not count. */
int schedstat_open(void);

/* How long it has been ready to run without running, in all; 0 when that is not known. */
usec_t schedstat_waited(int fd);

/* The same of a process and all that it has started and that is still there. */
usec_t schedstat_family_waited(pid_t pid);

#endif
