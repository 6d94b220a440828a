/* One try of a test, as the parent sees it: a child is started, heard and ended. */
#ifndef TCPCLOSE_SUITE_ATTEMPT_H
#define TCPCLOSE_SUITE_ATTEMPT_H

#include <stdbool.h>

#include "suite/test.h"

/* Starts the child. Returns false, with the verdict set, when that is not possible. */
bool attempt_start(struct test *test, const struct suite_options *options);

/*
 * The child has said something or has died: test->done can be read. Returns true when the try is
 * over, so that attempt_finish() must be called.
 */
bool attempt_listen(struct test *test, const struct suite_options *options, bool *said_done);

/*
 * Tells the child to end, and gives it a moment (a new deadline) to clean up. `reason` becomes that
 * of the verdict.
 */
void attempt_stop(struct test *test, const char *reason);

/* When the child is in a call that should have returned, it is told to end, and has failed. */
void attempt_watch(struct test *test, usec_t now);

/*
 * When to look at it again, at the latest. In virtual time a look has its price, so there they are
 * far between, ever farther, but for one that sees whether a call is over by then.
 */
usec_t attempt_next_look(const struct test *test, usec_t now, bool virtual_time);

/* Tells the child to end, because its deadline has passed. */
void attempt_overdue(struct test *test);

/*
 * The child has said that it is done, or has died, or must be killed. Waits for it only if it died.
 */
void attempt_finish(struct test *test, bool said_done);

#endif
