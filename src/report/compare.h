/* One test on two kernels: where the verdicts, the replies or the times differ. */
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
	usec_t tolerance; /* times that differ by no more, and our lateness, are the same */
};

enum difference {
	DIFFERENCE_NONE,
	DIFFERENCE_VERDICT,
	DIFFERENCE_REPLY,
	DIFFERENCE_TIME,
	DIFFERENCES
};

/*
 * The first thing that differs: the verdict; or the first event that only one kernel shows, or
 * shows otherwise; or, when all events are the same, the first at another time. What a kernel
 * chooses at random (time stamps, cookies, ports) is not compared; initial sequence numbers of
 * connections that no line names, and what goes by them, are compared as if they were drawn alike.
 * Nor are windows where the two have another scale, which goes by their memory. Prints it, unless
 * there is none.
 */
enum difference compare_print(FILE *out, const struct comparison *comparison);

/* "3 of 20 tests differ: 1 in the verdict, 2 in the time" */
void compare_print_totals(FILE *out, const size_t counts[DIFFERENCES]);

#endif
