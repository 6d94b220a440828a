/* Makes a system call, or begins one that blocks. */
#ifndef TCPCLOSE_RUN_STEP_CALL_H
#define TCPCLOSE_RUN_STEP_CALL_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_call(struct running *run, const struct step *step);

#endif
