/* What is done with a test before it can be played. */
#ifndef TCPCLOSE_SUITE_PREPARE_H
#define TCPCLOSE_SUITE_PREPARE_H

#include "suite/test.h"

/*
 * Compiles, unless it is to be skipped, and gives it its verdict. The errors of a bad script are
 * printed to options->errors, if that is not NULL. Afterwards it is to be started if the verdict is
 * VERDICT_NONE.
 */
void test_prepare(struct test *test, const struct suite_options *options);

#endif
