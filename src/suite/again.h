/* What a try counts for: once more, or for good. */
#ifndef TCPCLOSE_SUITE_AGAIN_H
#define TCPCLOSE_SUITE_AGAIN_H

#include <stdbool.h>

#include "suite/options.h"
#include "suite/test.h"

/*
 * Should it be tried again? Because the harness or the machine was late, so that the result says
 * nothing of the kernel; or because it failed and --retries allows for another try. The test
 * remembers which.
 */
bool again_wanted(struct test *test, const struct suite_options *options);

/* The known bug that is to be expected of the test on this kernel; NULL when there is none. */
const struct known *again_bug(const struct test *test, const struct suite_options *options);

/*
 * There is no other try: the verdict on the last one, with all that the tries before have shown and
 * the bug that is known. The test remembers that.
 */
void again_settle(struct test *test, const struct suite_options *options);

#endif
