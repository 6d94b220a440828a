/*
 * Where a run is reported: to the terminal, and into files. Standard output is told of tests as
 * they end. So are files, for a run may be killed; when the run is over they are written anew, in
 * the order of names, so that two runs can be compared.
 */
#ifndef TCPCLOSE_REPORT_OUTPUT_H
#define TCPCLOSE_REPORT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report/report.h"

enum { OUTPUTS_MAX = 8 };

struct report_output {
	const struct report_format *format;
	const char *path; /* NULL: standard output */
	bool only;        /* --output: nothing else tells this on standard output */
	int file;         /* of the path */
	int error;        /* of writing; from then on nothing more is written to it */

	/* what output.c keeps */
	void *kept;            /* the format's own */
	char *begin;           /* what stands first; to be freed */
	struct pieces *pieces; /* NULL: the format writes to standard output itself */
	char *text;            /* the report in order, or its end; to be freed */
	size_t size;
};

struct report_outputs {
	struct report_output list[OUTPUTS_MAX];
	size_t count;
	struct report_totals totals; /* the last that was told */
};

/* Opens the files. False, with errno, when that of list[*which] cannot be written. */
bool outputs_open(struct report_outputs *outputs, size_t *which);

void outputs_begin(struct report_outputs *outputs, const struct report_run *run);
void outputs_test(struct report_outputs *outputs, const struct report_test *test);
void outputs_progress(struct report_outputs *outputs, const struct report_progress *progress);
void outputs_end(struct report_outputs *outputs, const struct report_totals *totals);

/*
 * Where a table goes that is no report: standard output, but where that holds a report for
 * machines, standard error.
 */
FILE *outputs_aside(const struct report_outputs *outputs);

/*
 * Closes the files. A report that did not reach the disk is no report: then false, after a message
 * for each, and what was to be told by that file alone goes to standard output; when that is what
 * failed, the totals go to standard error.
 */
bool outputs_close(struct report_outputs *outputs, const char *program_name);

#endif
