/* Scripts are played again when somebody saves them, or a file that they include. */
#ifndef TCPCLOSE_SUITE_WATCH_H
#define TCPCLOSE_SUITE_WATCH_H

#include "suite/discover.h"
#include "suite/options.h"

struct watch {
	const struct script_paths *named; /* scripts, and folders of scripts */
	const struct suite_options *options;

	/* Plays these, in a child; returns the status to leave with (suite.h). */
	int (*play)(void *context, const struct script_paths *scripts);
	void *context;
};

/*
 * Plays all scripts, and then, until SIGINT, SIGTERM or SIGHUP comes, those that were changed.
 * Returns the status of the last round, or 128 and the signal when it came within a round.
 */
int watch_scripts(const struct watch *watch);

#endif
