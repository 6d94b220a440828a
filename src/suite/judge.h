/* What a test's result counts for: once more, or for good. */
#ifndef TCPCLOSE_SUITE_JUDGE_H
#define TCPCLOSE_SUITE_JUDGE_H

#include <stdbool.h>

#include "suite/options.h"
#include "suite/test.h"

/*
 * Should it be tried again? Because the harness or the machine was late, so that the result says
 * nothing of the kernel; or because it failed and --retries allows for another try. The test
 * remembers which. A failure that the machine's lateness still explains in the last try becomes
 * INVALID.
 */
bool judge_again(struct test *test, const struct suite_options *options);

/* The known bug that is to be expected of the test on this kernel; NULL when there is none. */
const struct known *judge_bug(const struct test *test, const struct suite_options *options);

/*
 * The last word: a failure that a known bug explains becomes XFAIL, a test that passed in spite of
 * one XPASS. The test remembers the bug.
 */
void judge_known(struct test *test, const struct suite_options *options);

#endif
