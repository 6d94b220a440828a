/* The ladder: the last events of a test, one on each line. The explanation marks one of them. */
#ifndef TCPCLOSE_REPORT_LADDER_H
#define TCPCLOSE_REPORT_LADDER_H

#include <stdio.h>

#include "base/source.h"
#include "report/style.h"
#include "verdict/verdict.h"

struct ladder {
	const struct trace *trace;
	const struct sources *sources;
	size_t most;               /* 0: all that are kept */
	const struct event *fault; /* the event to mark, or NULL */
	const char *missing;       /* what did not come, for a last line; or NULL */
	usec_t missing_at;
};

void ladder_print(FILE *out, struct style style, const struct ladder *ladder);

/* Prints the last `most` events (0: all that are kept), one on each line. */
void report_ladder(FILE *out, const struct trace *trace, const struct sources *sources,
                   size_t most);

/* Prints an event as a line, as the option -v does while it happens. */
void report_event(FILE *out, const struct event *event, const struct sources *sources);

#endif
