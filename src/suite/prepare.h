/* Prepares a test to be played. */
#ifndef TCPCLOSE_SUITE_PREPARE_H
#define TCPCLOSE_SUITE_PREPARE_H

#include "suite/test.h"

/*
 * Compiles the test, unless it is skipped, and gives it its verdict if it cannot be played. The
 * errors of a bad script are printed to options->errors, if that is not NULL. Afterwards it must be
 * started when the verdict is VERDICT_NONE.
 */
void test_prepare(struct test *test, const struct suite_options *options);

#endif
