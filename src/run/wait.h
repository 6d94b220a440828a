/* Sleeping. Meanwhile, packets are queued and calls are finished. */
#ifndef TCPCLOSE_RUN_WAIT_H
#define TCPCLOSE_RUN_WAIT_H

#include <stdbool.h>

#include "run/running.h"

/*
 * Waits until a script time. Returns false when the run is over: it was stopped, the world broke,
 * or a call failed.
 */
bool run_wait_until(struct running *run, usec_t time);

/*
 * Waits until something happens, or until `time`; *time_is_up tells whether it was only the time.
 * Returns false as above.
 */
bool run_wait_event(struct running *run, usec_t time, bool *time_is_up);

#endif
