/* A verdict, told in several ways: one row per format. */
#ifndef TCPCLOSE_REPORT_REPORT_H
#define TCPCLOSE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/source.h"
#include "base/usec.h"
#include "verdict/verdict.h"

/* One test as reports see it: a script in one address family. */
struct report_test {
	const char *path;               /* as given on the command line or found */
	const char *family;             /* "ipv4", "ipv6", "ipv4-mapped-ipv6" */
	const char *name;               /* one name for both: "time-wait/fin-again.pkt ipv6" */
	const struct verdict *verdict;
	const struct sources *sources;  /* for positions; NULL when the script could not be read */
	const char *rerun;              /* the command that runs it again by itself */
	usec_t wall;                    /* with set-up */
};

struct report_totals {
	size_t count[VERDICT_KINDS];
	size_t tests;
	usec_t wall;
};

struct report_format {
	const char *name;               /* "text", "tap", "junit", "json" */
	const char *ending;             /* of the files it is written to: ".txt" */
	const char *help;
	void (*begin)(FILE *out, size_t tests);
	void (*test)(FILE *out, const struct report_test *test, size_t number);  /* from 1 */
	void (*end)(FILE *out, const struct report_totals *totals);
};

/* All formats; the first is the default. */
extern const struct report_format *const report_formats[];
extern const size_t report_format_count;

const struct report_format *report_format_find(const char *name);
/* By the ending of a file's name; NULL when no format has it. */
const struct report_format *report_format_of_file(const char *path);

/* A format and where it goes. */
struct report_output {
	const struct report_format *format;
	FILE *out;
};

/*
 * The explanation of a verdict that is not PASS: position, excerpt and caret, reason, wanted
 * against seen, state, ladder. Colours when `out` is a terminal and NO_COLOR is not set.
 */
void report_explain(FILE *out, const struct report_test *test);

/* The same as text without colours, to be freed; NULL when memory runs out. */
char *report_explanation(const struct report_test *test);

/* The ladder: the last `most` events (0: all that are kept), one line each, for people. */
void report_ladder(FILE *out, const struct trace *trace, const struct sources *sources, size_t most);

/* One event as a line, as `-v` prints it while it happens. */
void report_event(FILE *out, const struct event *event, const struct sources *sources);

#endif
