/* Many tests: started side by side, judged, told. */
#ifndef TCPCLOSE_SUITE_SUITE_H
#define TCPCLOSE_SUITE_SUITE_H

#include "report/output.h"
#include "suite/discover.h"
#include "suite/options.h"

/* What a suite came to, as the process says it (exit status). */
enum suite_status {
	SUITE_PASSED = 0,
	SUITE_FAILED = 1,
	SUITE_BAD_SCRIPT = 2, /* a script, or the command line, is wrong */
	SUITE_SKIPPED = 77,   /* every test was skipped */
	SUITE_FAULT = 125,    /* the harness was at fault: nothing is known of the kernel */
	SUITE_SIGNAL = 128,   /* and the number of the signal that ended it */
};

/*
 * Runs every script in every family that it is for, or those of them that are selected. Results go
 * to the outputs as they come, the errors of bad scripts to stderr. SIGINT, SIGTERM and SIGHUP end
 * it early, with what is known.
 */
int suite_run(const struct script_paths *paths, const struct suite_options *options,
              struct report_outputs *outputs);

/* In a guest: plays the tests that its host wants of it, and tells the host what came of each. */
int suite_run_in_guest(const struct suite_options *options);

/* Prints the names of the tests that would be run. */
int suite_list(const struct script_paths *paths, const struct suite_options *options);

#endif
