/*
 * The judge. Nobody else decides on FAIL, INVALID or XFAIL. It makes a verdict of what a run saw,
 * and of the circumstances.
 */
#ifndef TCPCLOSE_VERDICT_JUDGE_H
#define TCPCLOSE_VERDICT_JUDGE_H

#include <stdbool.h>

#include "verdict/verdict.h"

/* What other cause than the kernel a failure can have. The strongest comes first. */
enum doubt {
	DOUBT_NONE,
	DOUBT_HARNESS, /* the harness was late, or the script's programs waited for a processor */
	DOUBT_BUSY, /* a time is wrong, but by no more than some process waited for a processor */
	DOUBT_COMMAND, /* a shell command was slow on a busy machine */
	DOUBT_TICK,    /* a time is wrong, but by no more than a tick of a timer */
	DOUBT_SLIGHT,  /* the harness was late by more than a quarter of the tolerance */
	DOUBTS
};

enum doubt judge_doubt(const struct evidence *evidence, usec_t tolerance);

struct judge_circumstances {
	usec_t tolerance;   /* how far a time may be off */
	bool always_so;     /* every try showed the same, so a busy machine does not explain it */
	bool bug;           /* a bug is known that makes the test fail */
	bool bug_sometimes; /* the bug does not always make it fail */
};

/* `evidence` must stay where it is, because the verdict refers to it. */
void judge(const struct evidence *evidence, const struct judge_circumstances *circumstances,
           struct verdict *verdict);

#endif
