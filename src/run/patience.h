/*
 * How long a call may take that is not written with its end, and so should return at once. One that
 * waits for a time of its own (a timeout among its arguments, SO_LINGER) has that in addition.
 */
#ifndef TCPCLOSE_RUN_PATIENCE_H
#define TCPCLOSE_RUN_PATIENCE_H

#include "run/live_call.h"

/* Beyond it the call hangs; USEC_FOREVER: it is to wait, for a timeout, say. */
usec_t patience_of(const struct running *run, const struct live_call *call);

/* A call has returned: a timeout that it gave to a socket is remembered. */
void patience_learn(struct running *run, const struct live_call *call);

#endif
