/* Plays a list of tests, some of them at a time. */
#ifndef TCPCLOSE_SUITE_PLAY_H
#define TCPCLOSE_SUITE_PLAY_H

#include <stddef.h>
#include <stdio.h>

#include "suite/options.h"
#include "suite/test.h"

enum { JOBS_MAX = 256 };

struct play {
	const struct suite_options *options;
	unsigned jobs;       /* tests at a time, at most JOBS_MAX */
	unsigned setups;     /* of these, those whose world is still being made */
	struct test **queue; /* may grow no more */
	size_t count, next;

	/* Told of each test that has its verdict, which may be one that was never started. */
	void (*over)(void *context, struct test *test);
	/* Why no more are to be started and those that run are to be stopped; NULL: go on. */
	const char *(*ended)(void *context);
	/* Called a few times a second. */
	void (*tick)(void *context, const struct play *play);
	void *context;

	struct test *running[JOBS_MAX];
	unsigned running_count;
};

/* Returns when none is running any more; those from queue[next] on were not reached. */
void play_all(struct play *play);

#endif
