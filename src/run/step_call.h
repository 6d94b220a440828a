/* A system call is made; one that blocks is begun. */
#ifndef TCPCLOSE_RUN_STEP_CALL_H
#define TCPCLOSE_RUN_STEP_CALL_H

#include "run/running.h"

/* Plays a step. False: the run is over. */
bool step_call(struct running *run, const struct step *step);

#endif
