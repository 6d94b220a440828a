/* Compares a packet of the kernel with the line that wants one. */
#ifndef TCPCLOSE_RUN_STEP_EXPECT_H
#define TCPCLOSE_RUN_STEP_EXPECT_H

#include "run/running.h"

/* Plays a step. Returns false when the run is over. */
bool step_expect(struct running *run, const struct step *step);

#endif
