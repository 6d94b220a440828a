/* The warnings of a script: see program/lint.h. */
#ifndef TCPCLOSE_SUITE_WARNINGS_H
#define TCPCLOSE_SUITE_WARNINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "suite/test.h"

/*
 * Prints those of a test that was compiled, of one that failed up to the line that did, to
 * `errors`, unless those of another family of its script were; not by the name packetdrill, whose
 * scripts are written by other rules. True: there are any.
 */
bool warnings_print(struct test *test, const struct suite_options *options, FILE *errors);

#endif
