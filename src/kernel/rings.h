/* The rings of io_uring(7) that a script's calls make and use, in this process. */
#ifndef TCPCLOSE_KERNEL_RINGS_H
#define TCPCLOSE_KERNEL_RINGS_H

#include "kernel/caller.h"

/* All rings of a process, and of its twins: a ring's memory is shared when a process is forked. */
struct rings;

struct rings *rings_open(void); /* NULL with errno on an error */

/* Unmaps the rings. Their descriptors are the script's. */
void rings_close(struct rings *rings);

/*
 * Makes a call, for caller_open(): one on a ring (host/ring_call.h), or else a system call. Fails
 * with EBADF for a descriptor that no ring has. `context` is struct rings.
 */
call_maker rings_make;

#endif
