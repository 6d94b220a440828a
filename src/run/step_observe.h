/*
 * Looks at the kernel: at the state of a connection, a counter, a signal, or silence. On a busy
 * machine these may lag behind. So a question is asked again, for as long as the tolerance, before
 * a wrong answer counts.
 */
#ifndef TCPCLOSE_RUN_STEP_OBSERVE_H
#define TCPCLOSE_RUN_STEP_OBSERVE_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_observe(struct running *run, const struct step *step);

#endif
