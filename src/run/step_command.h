/* Shell commands. */
#ifndef TCPCLOSE_RUN_STEP_COMMAND_H
#define TCPCLOSE_RUN_STEP_COMMAND_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_command(struct running *run, const struct step *step);

/* Returns false where commands are not allowed; then the run is over. */
bool command_is_allowed(struct running *run, struct range where);

/*
 * Runs a shell command that is written at `where`. Returns false when it failed; then the run is
 * over.
 */
bool command_run(struct running *run, struct range where, const char *text);

#endif
