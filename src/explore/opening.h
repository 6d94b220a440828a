/*
 * How a walk begins: its options and sysctls, and a connection that is opened in one of a few ways.
 */
#ifndef TCPCLOSE_EXPLORE_OPENING_H
#define TCPCLOSE_EXPLORE_OPENING_H

#include <stdio.h>

#include "explore/walk.h"

/* Options and sysctls go to `out`; the events into the lines of the walk, as a move's do. */
void opening_write(struct walk *walk, enum model_mode mode, FILE *out);

#endif
