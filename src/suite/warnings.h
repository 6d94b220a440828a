/* The warnings of a script: see program/lint.h. */
#ifndef TCPCLOSE_SUITE_WARNINGS_H
#define TCPCLOSE_SUITE_WARNINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "suite/test.h"

/*
 * Those of a test that was compiled, of one that failed up to the line that did; NULL: there are
 * none, as by the name packetdrill, whose scripts are written by other rules. They are looked for
 * when they are first asked for.
 */
const struct diag *warnings_of(struct test *test, const struct suite_options *options);

/* Prints them, unless those of another family of its script were. True: there are any. */
bool warnings_print(struct test *test, const struct suite_options *options, FILE *errors);

#endif
