/*
 * Descriptors that are passed over a socketpair (SCM_RIGHTS, unix(7)). While one is in flight, no
 * process has it, but its socket is open. Here is kept whose it is, until it is received.
 */
#ifndef TCPCLOSE_RUN_PASSING_H
#define TCPCLOSE_RUN_PASSING_H

#include "run/live_call.h"

/* The message with this value was sent: what is in it is in flight now. */
void passing_sent(struct running *run, const struct live_call *call, const struct value *message);

/* It was received: the script's numbers stand for what came in it. */
void passing_received(struct running *run, const struct live_call *call,
                      const struct value *message, struct msghdr *live);

#endif
