/* What a walk may do next: a table of moves, each of which adds a few lines. */
#ifndef TCPCLOSE_EXPLORE_MOVES_H
#define TCPCLOSE_EXPLORE_MOVES_H

#include "explore/walk.h"

/* Makes one move that chance wants. */
void move_make(struct walk *walk);

/* ... those that lead to a state of closing at once, where the walk has a descriptor. */
void moves_close(struct walk *walk);

/* The end of a walk: looks at what it led to, and waits for what is still owed. */
void moves_end(struct walk *walk);

#endif
