/* Plays scripts again when they, or files that they include, are saved. */
#ifndef TCPCLOSE_SUITE_WATCH_H
#define TCPCLOSE_SUITE_WATCH_H

#include "suite/discover.h"
#include "suite/options.h"

struct watch {
	const struct script_paths *named; /* scripts, and folders of scripts */
	const struct suite_options *options;

	/* Plays these scripts in a child. Returns the exit status (suite.h). */
	int (*play)(void *context, const struct script_paths *scripts);
	void *context;
};

/*
 * Plays all scripts, and then those that are changed, until SIGINT, SIGTERM or SIGHUP comes.
 * Returns the status of the last round, or 128 plus the signal when it came within a round.
 */
int watch_scripts(const struct watch *watch);

#endif
