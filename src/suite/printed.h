/*
 * What the programs and commands of a script print: kept while the test is played, then handed on
 * to where we print, in one piece, and shown in the test's reports.
 */
#ifndef TCPCLOSE_SUITE_PRINTED_H
#define TCPCLOSE_SUITE_PRINTED_H

#include <stdbool.h>

#include "base/arena.h"

struct printed {
	bool kept;    /* it is; otherwise it goes where ours goes, as it comes */
	int out, err; /* memory that both processes see */
};

/* In the parent, before it forks. */
void printed_begin(struct printed *printed);

/* In the child: from here on what is printed is kept. */
void printed_take(const struct printed *printed);

/*
 * In the parent, when the child is over: hands it on, what was for standard output to the
 * descriptor `out`. Returns the end of it, at most some lines, or NULL when nothing was printed.
 */
const char *printed_end(struct printed *printed, int out, struct arena *arena);

#endif
