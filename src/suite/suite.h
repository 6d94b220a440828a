/* Plays many tests side by side, judges them, and reports them. */
#ifndef TCPCLOSE_SUITE_SUITE_H
#define TCPCLOSE_SUITE_SUITE_H

#include "report/output.h"
#include "suite/discover.h"
#include "suite/options.h"

/* The exit status of a run. */
enum suite_status {
	SUITE_PASSED = 0,
	SUITE_FAILED = 1,
	SUITE_BAD_SCRIPT = 2, /* a script or the command line is wrong */
	SUITE_SKIPPED = 77,   /* every test was skipped */
	SUITE_FAULT = 125,    /* the harness was at fault, so nothing is known about the kernel */
	SUITE_SIGNAL = 128,   /* plus the number of the signal that ended it */
};

/*
 * Plays every script in every family that it is for, or those that are selected. Results go to the
 * outputs as they come, the errors of bad scripts to stderr. SIGINT, SIGTERM and SIGHUP end it
 * early, with what is known.
 */
int suite_run(const struct script_paths *paths, const struct suite_options *options,
              struct report_outputs *outputs);

/* In a guest: plays the tests that the host wants, and tells the host the result of each. */
int suite_run_in_guest(const struct suite_options *options);

/* Prints the names of the tests that would be played. */
int suite_list(const struct script_paths *paths, const struct suite_options *options);

#endif
