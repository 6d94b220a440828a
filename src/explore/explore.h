/*
 * Walks that chance makes, judged by the model or by a second kernel: what nobody thought of.
 * Theory of operation. Walks are written a batch at a time (walk.h) and played side by side; the
 * same seed gives the same walks, however long it takes and whatever the kernel does. What is found
 * is sorted by its cause (findings.h), and at the end each cause is written as a short script.
 */
#ifndef TCPCLOSE_EXPLORE_EXPLORE_H
#define TCPCLOSE_EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/usec.h"
#include "explore/walked.h"
#include "model/circumstances.h"

/* What stands above: it plays scripts, and shortens them. */
struct explorer {
	/* Plays each text, side by side, on each subject: walked[i * subjects + k]. */
	void (*play)(void *context, const char *const *texts, size_t count, struct walked *walked);
	/*
	 * Makes the script in a file shorter, while it fails in the same way, until this time of
	 * CLOCK_MONOTONIC. False: it stays.
	 */
	bool (*shorten)(void *context, const char *path, usec_t until);
	bool (*stopped)(void *context); /* somebody wants it to end */
	void *context;
	unsigned subjects; /* what is tested: 1, or 2 that are compared */
	bool stack;        /* one of them is no Linux */
	bool patient;      /* time is virtual */
	const char *name;  /* what is explored, for people */
};

struct explore {
	usec_t time;    /* how long to play walks */
	uint64_t walks; /* ... and how many at most; 0: as many as there is time for */
	bool first;     /* end when something was found, and do not shorten its script */
	uint64_t seed;
	const char *folder; /* where scripts are written; made when there is something to write */
	enum model_mode mode;
	/* Where to write the transitions that walks took, as report/taken.h has them; or NULL. */
	const char *transitions;
};

enum explored {
	EXPLORED_NOTHING, /* is wrong */
	EXPLORED_FOUND,
	EXPLORED_BROKEN, /* nothing was played, or a script could not be written: it is told */
};

enum explored explore(const struct explore *wanted, const struct explorer *explorer, FILE *report,
                      FILE *messages);

#endif
