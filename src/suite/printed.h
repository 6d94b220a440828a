/*
 * What the programs and commands of a script print. It is kept while the test is played, then
 * printed in one piece, and shown in the reports of the test.
 */
#ifndef TCPCLOSE_SUITE_PRINTED_H
#define TCPCLOSE_SUITE_PRINTED_H

#include <stdbool.h>

#include "base/arena.h"

struct printed {
	bool kept;    /* it is kept; otherwise it is printed at once */
	int out, err; /* files in memory that both processes see */
};

/* In the parent, before it forks. */
void printed_begin(struct printed *printed);

/* In the child: from now on what is printed is kept. */
void printed_take(const struct printed *printed);

/*
 * In the parent, when the child has ended: prints it, where the standard output goes to the
 * descriptor `out`. Returns its last lines; NULL when nothing was printed.
 */
const char *printed_end(struct printed *printed, int out, struct arena *arena);

#endif
