/* A packet that came on another connection than the one that a line is about. */
#ifndef TCPCLOSE_RUN_ELSEWHERE_H
#define TCPCLOSE_RUN_ELSEWHERE_H

#include <stdbool.h>

#include "run/running.h"

/* Is it what the line wants, but for the connection? */
bool elsewhere_is(const struct running *run, const struct step *step, const struct queued *packet);

/* The run fails with it: which connection it came on, and what to write to have it from there. */
bool elsewhere_fail(struct running *run, const struct step *step, const struct queued *packet);

#endif
