/*
 * Code blocks. Each is collected together with the values that the connection has at that moment.
 * At the end they are all run by an interpreter that is started once.
 */
#ifndef TCPCLOSE_RUN_STEP_CODE_H
#define TCPCLOSE_RUN_STEP_CODE_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_code(struct running *run, const struct step *step);

/* Runs the code blocks that were collected. Returns false when an assertion failed. */
bool code_run(struct running *run);

#endif
