/*
 * The pieces of a report: what a format has printed for each test. They are kept until all can be
 * printed in order. Where the format wants it, they are put together for each group of tests.
 */
#ifndef TCPCLOSE_REPORT_PIECES_H
#define TCPCLOSE_REPORT_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report/report.h"

struct pieces;

/*
 * Begins the pieces of a run; `kept` is what format->begin() returned. With `ordered`, everything
 * will be printed in order at the end; otherwise each piece is printed as it is returned, and
 * groups are numbered in that order. pieces_free() frees the result. Returns NULL when there is no
 * memory.
 */
struct pieces *pieces_new(const struct report_format *format, void *kept,
                          const struct report_run *run, bool ordered);
void pieces_free(struct pieces *pieces);

/*
 * Prints a test into a piece and keeps it. Returns what can be printed at once: the test, or, for a
 * format with groups, the group when it is complete; NULL: nothing yet. The text is valid until
 * pieces_free().
 */
const char *pieces_add(struct pieces *pieces, const struct report_test *test,
                       const struct findings *findings);

/*
 * Returns the next group that will not become complete, with the tests that are there; NULL when
 * there is no more.
 */
const char *pieces_add_rest(struct pieces *pieces);

/* Prints all pieces in the order of names; with format->worst_first, by verdict first. */
void pieces_print(const struct pieces *pieces, FILE *out);

#endif
