/* Compares a packet with what a line wants. This changes nothing else. */
#ifndef TCPCLOSE_RUN_COMPARISON_H
#define TCPCLOSE_RUN_COMPARISON_H

#include <stdbool.h>

#include "run/running.h"
#include "verdict/match.h"

struct comparison {
	const struct packet_want *want; /* the alternative that the packet was compared with */
	bool same;
	struct script_segment seen; /* in the script's numbers, as if it were the line's */
	struct mismatches mismatches;
};

/* Compares with the alternative that the packet is, or else with the one that it is nearest to. */
void comparison_nearest(const struct running *run, const struct connection *connection,
                        const struct packet_want *first, const struct queued *packet,
                        struct comparison *nearest);

/* The same kind of segment, with other numbers. */
bool comparison_is_alike(const struct running *run, const struct connection *connection,
                         const struct packet_want *first, const struct queued *packet);

/*
 * Tells whether a line may want the packet, as far as that is known before the line's turn has
 * come. The packet may be alone, or be one of several that the line takes together. What is not
 * known yet counts as equal.
 */
bool comparison_may_want(const struct packet_want *first, const struct queued *packet);

#endif
