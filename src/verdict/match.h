/* Wanted against seen. Pure functions of their arguments. */
#ifndef TCPCLOSE_VERDICT_MATCH_H
#define TCPCLOSE_VERDICT_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "program/program.h"
#include "wire/segment.h"

enum { MISMATCHES_MAX = 12, MISMATCH_TEXT = 160 };

struct mismatch {
	const char *field;  /* static: "ack", "flags", "window", "option TS ecr" */
	struct range where; /* the field in the script; {0,0}: it was not written */
	char want[MISMATCH_TEXT], seen[MISMATCH_TEXT];
};

struct mismatches {
	struct mismatch list[MISMATCHES_MAX + 1]; /* the last takes what is dropped */
	size_t count;
	unsigned distance; /* how unlike the two are, to tell which alternative is the nearest */
};

/*
 * Adds one; more than MISMATCHES_MAX are dropped. want and seen are empty, for the caller to print
 * into. Never NULL.
 */
struct mismatch *mismatch_add(struct mismatches *mismatches, const char *field, struct range where);

/* A segment in the script's numbers. run/connection.h makes them of captured ones. */
struct script_segment {
	struct segment segment;
};

struct match_rules {
	int64_t ts_tolerance;
	bool ts_ecr;
};

/*
 * Compares a segment that the kernel sent, already mapped to script values, with the one wanted:
 * the fields in want->check, in the order in which a script writes them. A different protocol is a
 * mismatch by itself, whatever is in check, and only fields of IP are compared then. Payload bytes
 * that were captured must be zero unless the script gave some. Returns true when nothing differs.
 *
 * With ts_tolerance >= 0 the TS value may differ by that many ticks; below 0 it is not compared
 * (packetdrill's default). The TS echo is compared when ts_ecr is true.
 */
bool match_packet(const struct packet_want *want, const struct script_segment *seen,
                  const struct match_rules *rules, struct mismatches *mismatches);

#endif
