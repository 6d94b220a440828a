/* The explanation of a verdict that is not PASS, for people. */
#ifndef TCPCLOSE_REPORT_EXPLAIN_H
#define TCPCLOSE_REPORT_EXPLAIN_H

#include <stdio.h>

#include "report/report.h"
#include "report/style.h"

struct findings;

/*
 * Prints the warnings of the script, and then the explanation: position, excerpt and caret, reason,
 * wanted and seen, state, ladder. It has colours when `out` is a terminal and NO_COLOR is not set.
 */
void report_explain(FILE *out, const struct report_test *test);

/*
 * Returns the explanation alone, as text without colours, which the caller frees; NULL when there
 * is no memory.
 */
char *report_explanation(const struct report_test *test, const struct findings *findings);

/*
 * What is told beside a verdict, likewise: the warnings of the script; where the explanation is not
 * shown, also what --non_fatal let pass. "" when there is nothing.
 */
char *report_aside(const struct report_test *test, const struct findings *findings, bool explained);

/* What --non_fatal let pass, a line each. */
void explain_let_pass(FILE *out, struct style style, const struct findings *findings);

/* The explanation alone, for a reader who can see that style. */
void explain(FILE *out, struct style style, const struct report_test *test,
             const struct findings *findings);

#endif
