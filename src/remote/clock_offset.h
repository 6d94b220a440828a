/*
 * How far the server's clock is from ours. Each question and its answer gives two bounds: the
 * server's time lies between the question and the answer. All of them together give narrow ones.
 */
#ifndef TCPCLOSE_REMOTE_CLOCK_OFFSET_H
#define TCPCLOSE_REMOTE_CLOCK_OFFSET_H

#include <stdbool.h>

#include "base/usec.h"

enum { CLOCK_DRIFT = 10000 }; /* two clocks drift apart by at most one part of so many */

/* Begins with zeros. The server's time is ours plus something from `least` to `most`. */
struct clock_offset {
	bool known;
	usec_t least, most;
	usec_t at; /* when that was so, by our clock */
};

/*
 * The server said `there` to a question of `asked`; the answer came at `answered`. Returns false
 * when this contradicts what was known: a clock was set.
 */
bool clock_offset_learn(struct clock_offset *offset, usec_t asked, usec_t there, usec_t answered);

/* What our clock showed at that time of the server's. */
usec_t clock_offset_here(const struct clock_offset *offset, usec_t there);

/* By how much that may be wrong, in microseconds. */
usec_t clock_offset_doubt(const struct clock_offset *offset);

#endif
