/*
 * Both sides of an edge: two tests of one script, the same up to a segment that is injected, whose
 * number (sequence, acknowledgment or timestamp) is one higher in the one than in the other.
 */
#ifndef TCPCLOSE_REPORT_EDGES_H
#define TCPCLOSE_REPORT_EDGES_H

#include "base/arena.h"
#include "program/program.h"

struct edge_segment;

/* What the tests of one script have injected. Zeroed, there is no test yet. */
struct edges {
	struct edge_segment *segments; /* in the arena */
};

/* Adds a test. Returns true when it stands on the other side of an edge of one before. */
bool edges_add(struct edges *edges, const struct program *program, struct arena *arena);

#endif
