/* The explanation of a verdict that is not PASS, for people. */
#ifndef TCPCLOSE_REPORT_EXPLAIN_H
#define TCPCLOSE_REPORT_EXPLAIN_H

#include <stdio.h>

#include "report/report.h"
#include "report/style.h"

struct findings;

/*
 * The explanation of a verdict that is not PASS: position, excerpt and caret, reason, wanted
 * against seen, state, ladder. Colours when `out` is a terminal and NO_COLOR is not set.
 */
void report_explain(FILE *out, const struct report_test *test);

/* The same as text without colours, to be freed; NULL when memory runs out. */
char *report_explanation(const struct report_test *test, const struct findings *findings);

/* As report_explain(), for a reader who can see that style. */
void explain(FILE *out, struct style style, const struct report_test *test,
             const struct findings *findings);

#endif
