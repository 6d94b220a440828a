/*
 * Looking at the kernel: the state of a connection, a counter, a signal, silence. What is looked at
 * may lag behind on a busy machine, so that a question is asked again for as long as a time may be
 * off before the answer counts.
 */
#ifndef TCPCLOSE_RUN_STEP_OBSERVE_H
#define TCPCLOSE_RUN_STEP_OBSERVE_H

#include "run/running.h"

/* Plays a step. False: the run is over. */
bool step_observe(struct running *run, const struct step *step);

#endif
