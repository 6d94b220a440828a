/* Sleeping: packets are queued and calls finished meanwhile. */
#ifndef TCPCLOSE_RUN_WAIT_H
#define TCPCLOSE_RUN_WAIT_H

#include <stdbool.h>

#include "run/running.h"

/*
 * Waits until a script time. False when the run is over (stopped, broken, or a call failed).
 */
bool run_wait_until(struct running *run, usec_t time);

/* Waits until something happens; *time_is_up when it was only the time. False as above. */
bool run_wait_event(struct running *run, usec_t time, bool *time_is_up);

#endif
