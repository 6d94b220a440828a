/*
 * What a script's requests to a ring (host/ring_call.h) do to its descriptors: a close is done when
 * its completion says so, and an accept's completion brings a new descriptor.
 */
#ifndef TCPCLOSE_RUN_RING_H
#define TCPCLOSE_RUN_RING_H

#include "run/live_call.h"

/*
 * Takes memory for requests, and for what those that send or receive are given. The latter lives as
 * long as the run, because a request may outlive its call. NULL: there is none.
 */
void *ring_take_requests(struct running *run, struct live_call *call, const struct value *list);

/* These requests were submitted. */
void ring_submitted(struct running *run, const struct value *list, size_t count);

/* These completions were taken. */
void ring_completed(struct running *run, const struct live_call *call, const struct value *list,
                    const void *completions);

/* Compares completions, in their order. Returns false when the run has failed. */
bool ring_check(struct running *run, const struct live_call *call, const struct value *list,
                const void *completions);

#endif
