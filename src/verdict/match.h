/*
 * Compares a segment that a line wants with one that was seen. The functions depend on their
 * arguments only.
 */
#ifndef TCPCLOSE_VERDICT_MATCH_H
#define TCPCLOSE_VERDICT_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "program/program.h"
#include "wire/segment.h"

enum { MISMATCHES_MAX = 12, MISMATCH_TEXT = 160 };

struct mismatch {
	const char *field; /* static: "ack", "flags", "window", "option TS ecr" */
	/* The place of the field in the script; {0,0}: it is not written there. */
	struct range where;
	char want[MISMATCH_TEXT], seen[MISMATCH_TEXT];
};

struct mismatches {
	struct mismatch list[MISMATCHES_MAX + 1]; /* the last place is for those that are dropped */
	size_t count;
	/* How different the two segments are: it shows which alternative is the nearest. */
	unsigned distance;
};

/*
 * Adds a mismatch; after MISMATCHES_MAX they are dropped. Its `want` and `seen` are empty, and the
 * caller prints into them. Never returns NULL.
 */
struct mismatch *mismatch_add(struct mismatches *mismatches, const char *field, struct range where);

/* A segment in the script's numbers. run/connection.h makes it of a captured one. */
struct script_segment {
	struct segment segment;
};

struct match_rules {
	int64_t ts_tolerance;
	bool ts_ecr;
};

/*
 * Compares a segment of the kernel, in the script's numbers, with the one that is wanted: the
 * fields of want->check, in the order in which a script writes them. Another protocol is always a
 * mismatch, and then only the fields of IP are compared. Payload bytes that were captured must be
 * zero, unless the script gives some. Returns true when nothing differs.
 *
 * With ts_tolerance >= 0, the TS value may differ by that many ticks; below 0 it is not compared
 * (packetdrill's default). The TS echo is compared when ts_ecr is true.
 */
bool match_packet(const struct packet_want *want, const struct script_segment *seen,
                  const struct match_rules *rules, struct mismatches *mismatches);

#endif
