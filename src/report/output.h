/* Where a run is reported: to the terminal, and into files. */
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
	FILE *out;        /* of a file: memory, which goes to the disk after each test */
	void *kept;       /* the format's own */
	int file;
	char *text; /* of the memory */
	size_t size, written;
	int error; /* of the disk; from then on nothing more is written to it */
};

struct report_outputs {
	struct report_output list[OUTPUTS_MAX];
	size_t count;
	struct report_totals totals; /* the last that was told */
};

/* Opens the files. False, with errno, when that of list[*which] cannot be written. */
bool outputs_open(struct report_outputs *outputs, size_t *which);

void outputs_begin(struct report_outputs *outputs, const struct report_run *run);
void outputs_test(struct report_outputs *outputs, const struct report_test *test, size_t number);
void outputs_progress(struct report_outputs *outputs, const struct report_progress *progress);
void outputs_end(struct report_outputs *outputs, const struct report_totals *totals);

/*
 * Closes the files. A report that did not reach the disk is no report: then false, after a message
 * for each, and what was to be told by that file alone goes to standard output; when that is what
 * failed, the totals go to standard error.
 */
bool outputs_close(struct report_outputs *outputs, const char *program_name);

#endif
