/* A packet that came on another connection than the one that a line is about. */
#ifndef TCPCLOSE_RUN_ELSEWHERE_H
#define TCPCLOSE_RUN_ELSEWHERE_H

#include <stdbool.h>

#include "run/running.h"

/* Tells whether the packet is what the line wants, except for the connection. */
bool elsewhere_is(const struct running *run, const struct step *step, const struct queued *packet);

/*
 * The run fails. The message says on which connection the packet came, and what to write when it
 * should be taken from there.
 */
bool elsewhere_fail(struct running *run, const struct step *step, const struct queued *packet);

#endif
