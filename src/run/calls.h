/* System calls, from when they are made or begun until they are over. */
#ifndef TCPCLOSE_RUN_CALLS_H
#define TCPCLOSE_RUN_CALLS_H

#include <stdbool.h>

#include "run/live_call.h"
#include "run/running.h"

/*
 * Adds a call that was begun. It is pending until calls_finish() has dealt with it, or until it is
 * taken back.
 */
void calls_add(struct running *run, struct live_call *call);
void calls_take_back(struct running *run, struct live_call *call);

/* Makes an event: the call was made, was begun, or returned. */
void call_tell(struct running *run, struct live_call *call, enum event_kind kind);

/*
 * The call has returned: this makes an event, notes what the call has done to descriptors and
 * connections, and compares its result. Returns false when the run has failed.
 */
bool call_over(struct running *run, struct live_call *call, enum event_kind kind);

/* Deals with the calls that have returned. Returns false when the run has failed. */
bool calls_finish(struct running *run);

/*
 * Finds the latest script time at which a pending call must return. Returns false when there is
 * none.
 */
bool calls_pending(const struct running *run, usec_t *latest);

/* Tells whether a call is pending that must return at this time or before. */
bool calls_overdue(const struct running *run, usec_t time);

/* Fails when a call is late by more than the tolerance. */
bool calls_in_time(struct running *run);

/* Fail, because a call still blocks: this call, or the first of them. */
bool call_still_blocked(struct running *run, const struct live_call *call);
bool calls_still_blocked(struct running *run);

#endif
