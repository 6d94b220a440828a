/*
 * System calls, made here, on threads of their own, or in twins of this process. A thread, and a
 * twin, sits in one call at a time and is used again when the call has returned.
 */
#ifndef TCPCLOSE_KERNEL_CALLER_H
#define TCPCLOSE_KERNEL_CALLER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "host/host.h"

struct caller;

/* Makes a call, on the thread that it is called on: sets started, result, error and ended. */
typedef void call_maker(void *context, struct host_call *call);

/*
 * `make` makes the calls; NULL: they are system calls. wake_fd is an eventfd(2) that is written to
 * whenever a call that was left blocked returns. When *stopped is no longer 0, the call that a twin
 * is waited for is interrupted by SIGTERM.
 */
struct caller *caller_open(int wake_fd, const atomic_uint *stopped, call_maker *make,
                           void *context);

/* Interrupts the calls that are still blocked and ends the threads. */
void caller_close(struct caller *caller);

/* Makes the call on this thread, or in the process that it names. */
void caller_call(struct caller *caller, struct host_call *call);

/* See call_ops.fork. False: errno says why. */
bool caller_fork(struct caller *caller, unsigned number, pid_t *pid);

/* The process with this number has ended: what it was in will not return. */
void caller_bury(struct caller *caller, unsigned number);

/* See call_ops.begin. False: errno says why. */
bool caller_begin(struct caller *caller, struct host_call *call);

/*
 * Where whoever wakes a call is known to have done so: returns when all calls that were woken are
 * over, or sleep again.
 */
void caller_settle(struct caller *caller);

/* Marks one call that has returned since as finished, the earliest first. False: there is none. */
bool caller_harvest(struct caller *caller);

#endif
