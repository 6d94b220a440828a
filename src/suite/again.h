/* Decides whether a test is tried again, or whether its last try counts. */
#ifndef TCPCLOSE_SUITE_AGAIN_H
#define TCPCLOSE_SUITE_AGAIN_H

#include <stdbool.h>

#include "suite/options.h"
#include "suite/test.h"

/*
 * Tells whether the test should be tried again: because the harness or the machine was late, so
 * that the result tells nothing about the kernel; or because it failed, and --retries allows for
 * another try. The test remembers which.
 */
bool again_wanted(struct test *test, const struct suite_options *options);

/* Returns the known bug that is expected of the test on this kernel; NULL when there is none. */
const struct known *again_bug(const struct test *test, const struct suite_options *options);

/*
 * There is no further try: makes the verdict on the last one, with what all tries have shown and
 * with the known bug. The test remembers the bug.
 */
void again_settle(struct test *test, const struct suite_options *options);

#endif
