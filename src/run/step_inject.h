/* Injects a packet. */
#ifndef TCPCLOSE_RUN_STEP_INJECT_H
#define TCPCLOSE_RUN_STEP_INJECT_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_inject(struct running *run, const struct step *step);

#endif
