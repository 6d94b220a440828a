/*
 * --explore: walks are played as any test is, and what they find is shortened as --minimise does.
 */
#ifndef TCPCLOSE_SUITE_EXPLORING_H
#define TCPCLOSE_SUITE_EXPLORING_H

#include "explore/explore.h"
#include "suite/options.h"

/* Returns the status to leave with (suite.h): 1 when something was found. */
int exploring_run(const struct explore *wanted, const struct suite_options *options);

#endif
