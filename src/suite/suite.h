/* Many tests: started side by side, judged, told. */
#ifndef TCPCLOSE_SUITE_SUITE_H
#define TCPCLOSE_SUITE_SUITE_H

#include <stdio.h>

#include "report/report.h"
#include "suite/discover.h"
#include "suite/test.h"

/* What a suite came to, as the process says it (exit status). */
enum suite_status {
	SUITE_PASSED = 0,
	SUITE_FAILED = 1,
	SUITE_BAD_SCRIPT = 2,           /* a script, or the command line, is wrong */
	SUITE_SKIPPED = 77,             /* every test was skipped */
	SUITE_FAULT = 125,              /* the harness was at fault: nothing is known of the kernel */
};

/*
 * Runs every script in every family that it is for. Results go to the outputs as they come, the
 * errors of bad scripts to stderr. SIGINT and SIGTERM end it early, with what is known.
 */
enum suite_status suite_run(const struct script_paths *paths, const struct suite_options *options,
                            struct report_output *outputs, size_t output_count);

#endif
