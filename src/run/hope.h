/* Packets that no line can want any more are told at once, the first of them. */
#ifndef TCPCLOSE_RUN_HOPE_H
#define TCPCLOSE_RUN_HOPE_H

#include <stdbool.h>

#include "run/running.h"

/*
 * Looks at all that waits for its line, where the current step and those after it may still want
 * it. False: one is left that none of them wants, and the run has failed with it.
 */
bool hope_is_left(struct running *run);

#endif
