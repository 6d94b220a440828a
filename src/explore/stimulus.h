/* Segments of a peer that is right, and of one that is not: all numbers at their edges. */
#ifndef TCPCLOSE_EXPLORE_STIMULUS_H
#define TCPCLOSE_EXPLORE_STIMULUS_H

#include "explore/walk.h"

/* What the first timestamp of the kernel is called in a walk. */
enum { STIMULUS_ECHO = 1000 };

/* What a right peer would send now, with these flags and so many bytes. */
void stimulus_right(struct walk *walk, unsigned flags, uint32_t length, struct segment *segment);

/* Adds a block of SACK, where there is room for it. */
void stimulus_add_sack(struct segment *segment, uint32_t begin, uint32_t end);

/* Any: mostly right but for one or two fields, which are at an edge. */
void stimulus_any(struct walk *walk, struct segment *segment);

#endif
