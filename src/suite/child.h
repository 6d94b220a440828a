/* The child process that plays one test. */
#ifndef TCPCLOSE_SUITE_CHILD_H
#define TCPCLOSE_SUITE_CHILD_H

#include "suite/test.h"

/* What a child says on its pipe. */
enum { CHILD_READY = 'r', CHILD_DONE = 'd' };

/*
 * Opens the world, plays the program, fills in the verdict, says on `done` how far it is
 * (CHILD_READY, CHILD_DONE), and ends the process together with everything that the script left
 * running. The kernel removes the namespace afterwards, and nobody waits for that.
 */
_Noreturn void child_main(struct test *test, const struct suite_options *options, int done);

#endif
