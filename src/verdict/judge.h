/*
 * The one judge: nobody else says FAIL, INVALID or XFAIL. What a run saw and the circumstances in
 * which it saw it become a verdict.
 */
#ifndef TCPCLOSE_VERDICT_JUDGE_H
#define TCPCLOSE_VERDICT_JUDGE_H

#include <stdbool.h>

#include "verdict/verdict.h"

/* What else than the kernel can be the cause of what is wrong; the greatest first. */
enum doubt {
	DOUBT_NONE,
	DOUBT_HARNESS, /* it was late, or its programs waited for a processor */
	DOUBT_BUSY,    /* a time is off by no more than somebody waited for a processor */
	DOUBT_COMMAND, /* a shell command was slow, on a busy machine */
	DOUBT_TICK,    /* a time is off by no more than a timer's tick */
	DOUBT_SLIGHT,  /* the harness was later than a quarter of what a time may be off */
	DOUBTS
};

enum doubt judge_doubt(const struct evidence *evidence, usec_t tolerance);

struct judge_circumstances {
	usec_t tolerance;   /* how far a time may be off */
	bool always_so;     /* each try showed it: a machine that is busy does not explain it */
	bool bug;           /* a bug is known that makes it fail ... */
	bool bug_sometimes; /* ... though not always */
};

/* `evidence` stays where it is: the verdict refers to it. */
void judge(const struct evidence *evidence, const struct judge_circumstances *circumstances,
           struct verdict *verdict);

#endif
