/* One attempt to play a test, as the parent sees it: a child is started, listened to and ended. */
#ifndef TCPCLOSE_SUITE_ATTEMPT_H
#define TCPCLOSE_SUITE_ATTEMPT_H

#include <stdbool.h>

#include "suite/test.h"

/* Starts the child. False, with the verdict set, when there can be none. */
bool attempt_start(struct test *test, const struct suite_options *options);

/*
 * The child has said something, or has died: test->done is readable. True: it is over, and
 * attempt_finish() is due.
 */
bool attempt_listen(struct test *test, const struct suite_options *options, bool *said_done);

/*
 * Tells the child to end, and gives it a moment (a new deadline) to clean up. `reason` becomes the
 * verdict's.
 */
void attempt_stop(struct test *test, const char *reason);

/* Is it in a call that should have returned? Then it is told to end, and has failed. */
void attempt_watch(struct test *test, usec_t now);

/*
 * When to look at it again, at the latest. In virtual time a look has its price, so there they are
 * far between, ever farther, but for one that sees whether a call is over by then.
 */
usec_t attempt_next_look(const struct test *test, usec_t now, bool virtual_time);

/* It is told to end because its deadline is over. */
void attempt_overdue(struct test *test);

/*
 * The child has said that it is done, or has died, or is to be killed. Waits for it only if it
 * died.
 */
void attempt_finish(struct test *test, bool said_done);

#endif
