/* Compares one test on two kernels: where do the verdicts, the answers or the times differ? */
#ifndef TCPCLOSE_REPORT_COMPARE_H
#define TCPCLOSE_REPORT_COMPARE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"
#include "base/usec.h"
#include "verdict/verdict.h"

struct comparison {
	const char *group, *variant; /* "reset/x.pkt", "ipv6" */
	const struct verdict *a, *b;
	const struct sources *sources;
	/* Times are the same when they differ by no more than this and our lateness. */
	usec_t tolerance;
};

enum difference {
	DIFFERENCE_NONE,
	DIFFERENCE_VERDICT,
	DIFFERENCE_REPLY,
	DIFFERENCE_TIME,
	DIFFERENCES
};

/*
 * Prints the first difference, unless there is none: the verdict; or the first event that only one
 * kernel shows, or shows differently; or, when all events are the same, the first one at another
 * time. What a kernel chooses at random (timestamps, cookies, ports) is not compared. Initial
 * sequence numbers of connections that no line names, and what depends on them, are compared as if
 * both kernels had chosen the same. Windows are not compared when the two have another scale, which
 * depends on their memory.
 */
enum difference compare_print(FILE *out, const struct comparison *comparison);

/* "3 of 20 tests differ: 1 in the verdict, 2 in the time" */
void compare_print_totals(FILE *out, const size_t counts[DIFFERENCES]);

#endif
