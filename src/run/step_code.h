/*
 * Code blocks: what they say is collected, each behind the values that the connection had at its
 * moment, and run in the end by an interpreter that is started once.
 */
#ifndef TCPCLOSE_RUN_STEP_CODE_H
#define TCPCLOSE_RUN_STEP_CODE_H

#include "run/running.h"

/* Plays a step. False: the run is over. */
bool step_code(struct running *run, const struct step *step);

/* Runs the code blocks that were collected; false when an assertion failed. */
bool code_run(struct running *run);

#endif
