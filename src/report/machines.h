/* On which machines a claim was shown: what the tests that passed had at the two ends. */
#ifndef TCPCLOSE_REPORT_MACHINES_H
#define TCPCLOSE_REPORT_MACHINES_H

#include <stdio.h>

#include "report/report.h"

struct machines {
	unsigned seen;     /* 1 << enum machine */
	const char *stack; /* the file or command of a stack; NULL: none was seen */
};

/* Adds that of a test, when it passed. */
void machines_add(struct machines *machines, const struct report_test *test);

/*
 * Prints "Linux, both ends real", in the table's order; nothing when there are none. `elsewhere`:
 * the claim is about another system, which the script plays.
 */
void machines_print(const struct machines *machines, bool elsewhere, FILE *out);

#endif
