/* The child that plays one test. */
#ifndef TCPCLOSE_SUITE_CHILD_H
#define TCPCLOSE_SUITE_CHILD_H

#include "suite/test.h"

/*
 * Opens the world, plays the program, fills in the verdict, writes one byte to `done` and ends the
 * process. The kernel takes the namespace down afterwards, and nobody waits for that.
 */
_Noreturn void child_main(struct test *test, const struct suite_options *options, int done);

#endif
