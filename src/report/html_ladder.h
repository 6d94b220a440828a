/* The picture of a test in the HTML report. */
#ifndef TCPCLOSE_REPORT_HTML_LADDER_H
#define TCPCLOSE_REPORT_HTML_LADDER_H

#include <stdio.h>

#include "report/findings.h"
#include "report/report.h"

/*
 * Draws the test's events as SVG: the peer that the script plays on the left, the kernel on the
 * right, and calls and observations beside it. Prints nothing when there is nothing to see.
 */
void html_ladder(FILE *out, const struct report_test *test, const struct findings *findings);

#endif
