/* System calls that were begun or made, until they are over. */
#ifndef TCPCLOSE_RUN_CALLS_H
#define TCPCLOSE_RUN_CALLS_H

#include <stdbool.h>

#include "run/live_call.h"
#include "run/running.h"

/* Begun: it is pending until calls_finish() has looked after it, or it is taken back. */
void calls_add(struct running *run, struct live_call *call);
void calls_take_back(struct running *run, struct live_call *call);

/* It was made, begun, or came back: an event. */
void call_tell(struct running *run, struct live_call *call, enum event_kind kind);

/*
 * It has come back: it is told, what it means for descriptors and connections is noted, and what it
 * returned is compared. False when the run has failed.
 */
bool call_over(struct running *run, struct live_call *call, enum event_kind kind);

/* Looks after the calls that have come back. False when the run has failed. */
bool calls_finish(struct running *run);

/* The latest script time at which a pending call is to return; false when there is none. */
bool calls_pending(const struct running *run, usec_t *latest);

/* Is a call pending that was to be back at a time, or before? */
bool calls_overdue(const struct running *run, usec_t time);

/* Fails with a call that should have been back for longer than a time may be off. */
bool calls_in_time(struct running *run);

/* Fails with a call that is still blocked; with the first of them. */
bool call_still_blocked(struct running *run, const struct live_call *call);
bool calls_still_blocked(struct running *run);

#endif
