/* Prints the warnings about a script: see program/lint.h. */
#ifndef TCPCLOSE_SUITE_WARNINGS_H
#define TCPCLOSE_SUITE_WARNINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "suite/test.h"

/*
 * Returns the warnings of a test that was compiled; when it failed, those up to the line that
 * failed. NULL: there are none. Under the name packetdrill there never are, because its scripts
 * follow other rules. The lint runs at the first call.
 */
const struct diag *warnings_of(struct test *test, const struct suite_options *options);

/*
 * Prints the warnings, unless those of another family of the script were printed. Returns true when
 * there are any.
 */
bool warnings_print(struct test *test, const struct suite_options *options, FILE *errors);

#endif
