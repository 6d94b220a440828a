/*
 * Where a run is reported: on the terminal, and in files. Both are written to while the tests end,
 * because a run may be killed. When the run is over, files are written again with the tests in the
 * order of their names, so that two runs can be compared.
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
	bool only;        /* --output: nothing else reports this on standard output */
	int file;         /* descriptor of the path */
	int error;        /* of writing; after an error nothing more is written */

	/* kept by output.c */
	void *kept;            /* belongs to the format */
	char *begin;           /* what comes first; to be freed */
	struct pieces *pieces; /* NULL: the format writes to standard output itself */
	char *text;            /* the report in order, or its end; to be freed */
	size_t size;
};

struct report_outputs {
	struct report_output list[OUTPUTS_MAX];
	size_t count;
	struct report_totals totals; /* the last ones that were reported */
};

/* Opens the files. Returns false with errno when the file of list[*which] cannot be written. */
bool outputs_open(struct report_outputs *outputs, size_t *which);

void outputs_begin(struct report_outputs *outputs, const struct report_run *run);
void outputs_test(struct report_outputs *outputs, const struct report_test *test);
void outputs_progress(struct report_outputs *outputs, const struct report_progress *progress);
void outputs_end(struct report_outputs *outputs, const struct report_totals *totals);

/*
 * Where a table goes that is not a report: standard output, or standard error when a report for
 * machines goes to standard output.
 */
FILE *outputs_aside(const struct report_outputs *outputs);

/*
 * Closes the files. When a report did not reach the disk, prints a message for each, and returns
 * false. What only that file would have told goes to standard output; when standard output is what
 * failed, the totals go to standard error.
 */
bool outputs_close(struct report_outputs *outputs, const char *program_name);

#endif
