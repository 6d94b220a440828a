/* Finds packets that no line can want any more, so that the first of them is reported at once. */
#ifndef TCPCLOSE_RUN_HOPE_H
#define TCPCLOSE_RUN_HOPE_H

#include <stdbool.h>

#include "run/running.h"

/*
 * Looks at all packets that wait for a line, and whether the current step or a later one may still
 * want them. When none wants one of them, the run has failed because of it, and the function
 * returns false.
 */
bool hope_is_left(struct running *run);

#endif
