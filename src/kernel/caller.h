/*
 * Makes system calls: in this thread, in threads of their own, or in twins of this process (made by
 * fork). A thread or a twin makes one call at a time, and is used again when the call has returned.
 */
#ifndef TCPCLOSE_KERNEL_CALLER_H
#define TCPCLOSE_KERNEL_CALLER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "host/host.h"

struct caller;

/* Makes a call in the thread that calls this function. Sets started, result, error and ended. */
typedef void call_maker(void *context, struct host_call *call);

/*
 * `make` makes the calls. wake_fd is an eventfd(2); a call that was
 * left blocked writes to it when it returns. When *stopped is not 0 any more, a call in a twin that
 * is waited for is interrupted with SIGTERM.
 */
struct caller *caller_open(int wake_fd, const atomic_uint *stopped, call_maker *make,
                           void *context);

/* Makes a call of the running kernel. */
void caller_system_call(struct host_call *call);

/* Interrupts the calls that still block, and ends the threads. */
void caller_close(struct caller *caller);

/* Makes the call in this thread, or in the process that the call names. */
void caller_call(struct caller *caller, struct host_call *call);

/* See call_ops.fork. Returns false with errno on an error. */
bool caller_fork(struct caller *caller, unsigned number, pid_t *pid);

/* The process with this number has ended, so the call that it was in will not return. */
void caller_bury(struct caller *caller, unsigned number);

/* See call_ops.begin. Returns false with errno on an error. */
bool caller_begin(struct caller *caller, struct host_call *call);

/*
 * Where whoever wakes a call is known to have done so: returns when all calls that were woken are
 * over, or sleep again.
 */
void caller_settle(struct caller *caller);

/* Marks one call that has returned since as finished, the earliest first. False: there is none. */
bool caller_harvest(struct caller *caller);

#endif
