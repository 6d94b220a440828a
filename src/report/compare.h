/* Compares one test on two subjects: where do the verdicts, the answers or the times differ? */
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
	/*
	 * One of the two is no Linux, so the model is the measure. What a TCP may choose (window,
	 * options of the SYN, timers, queues, times) is not compared.
	 */
	bool stack;
};

enum difference {
	DIFFERENCE_NONE,
	DIFFERENCE_VERDICT,
	DIFFERENCE_REPLY,
	DIFFERENCE_TIME,
	DIFFERENCES
};

struct compared {
	enum difference difference;
	bool allowed; /* the model finds nothing wrong with either; only where one is no Linux */
	const struct event *a, *b; /* the first that differ; NULL: nothing more; or both NULL */
};

/*
 * Finds the first difference, unless there is none: the verdict; or the first event that only one
 * kernel shows, or shows differently; or, when all events are the same, the first one at another
 * time. What a kernel chooses at random (timestamps, cookies, ports) is not compared. Initial
 * sequence numbers of connections that no line names, and what depends on them, are compared as if
 * both kernels had chosen the same. Windows are not compared when the two have another scale, which
 * depends on their memory.
 */
struct compared compare_find(const struct comparison *comparison);

/* Prints the difference that was found, which there is. */
void compare_print(FILE *out, const struct comparison *comparison, const struct compared *compared);

/* "3 of 20 tests differ: 1 in the verdict, 2 in the time"; and in how many nothing is wrong. */
void compare_print_totals(FILE *out, const size_t counts[DIFFERENCES], size_t allowed);

#endif
