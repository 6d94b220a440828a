/*
 * How long a call may take that is written without its end, and so should return at once. A call
 * that waits for a time of its own (a timeout among its arguments, SO_LINGER) has this time in
 * addition.
 */
#ifndef TCPCLOSE_RUN_PATIENCE_H
#define TCPCLOSE_RUN_PATIENCE_H

#include "run/live_call.h"

/*
 * Returns how long the call may take; after that, it hangs. USEC_FOREVER: the call may wait, for
 * example for a timeout.
 */
usec_t patience_of(const struct running *run, const struct live_call *call);

/* A call has returned. When it gave a timeout to a socket, this is remembered. */
void patience_learn(struct running *run, const struct live_call *call);

#endif
