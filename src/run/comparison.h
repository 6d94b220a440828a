/* A packet beside what a line wants. Nothing but the comparison itself changes by it. */
#ifndef TCPCLOSE_RUN_COMPARISON_H
#define TCPCLOSE_RUN_COMPARISON_H

#include <stdbool.h>

#include "run/running.h"
#include "verdict/match.h"

struct comparison {
	const struct packet_want *want; /* the alternative that was compared */
	bool same;
	struct script_segment seen; /* as if it were the line's */
	struct mismatches mismatches;
};

/* With the alternative that the packet is, or else the one that it is nearest to. */
void comparison_nearest(const struct running *run, const struct connection *connection,
                        const struct packet_want *first, const struct queued *packet,
                        struct comparison *nearest);

/* The same kind of segment, with other numbers. */
bool comparison_is_alike(const struct running *run, const struct connection *connection,
                         const struct packet_want *first, const struct queued *packet);

/*
 * May a line want the packet, as far as can be said before it has come to the line? Alone, or with
 * others of which it is a part. What is not known yet is taken for alike.
 */
bool comparison_may_want(const struct packet_want *first, const struct queued *packet);

#endif
