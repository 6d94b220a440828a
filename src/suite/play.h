/* Plays a list of tests, several of them at the same time. */
#ifndef TCPCLOSE_SUITE_PLAY_H
#define TCPCLOSE_SUITE_PLAY_H

#include <stddef.h>
#include <stdio.h>

#include "suite/options.h"
#include "suite/test.h"

enum { JOBS_MAX = 256 };

struct play {
	const struct suite_options *options;
	unsigned jobs;       /* how many tests at the same time; at most JOBS_MAX */
	unsigned setups;     /* how many of these may still be making their world */
	struct test **queue; /* must not grow any more */
	size_t count, next;

	/* Called for each test that has its verdict. It may never have been started. */
	void (*over)(void *context, struct test *test);
	/*
	 * Returns why no more tests shall be started and those under way shall be stopped; NULL:
	 * continue.
	 */
	const char *(*ended)(void *context);
	/* Called a few times in a second. */
	void (*tick)(void *context, const struct play *play);
	void *context;

	struct test *running[JOBS_MAX];
	unsigned running_count;
};

/* Returns when no test is under way any more. Those from queue[next] on were not started. */
void play_all(struct play *play);

#endif
