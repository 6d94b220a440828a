/*
 * What a format has printed of each test: kept until all of it can stand in order, and put together
 * for each group of tests where the format wants that.
 */
#ifndef TCPCLOSE_REPORT_PIECES_H
#define TCPCLOSE_REPORT_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report/report.h"

struct pieces;

/*
 * For the tests of a run; `kept` is what format->begin() returned. `ordered`: all of it will be
 * printed in order, otherwise each piece as it is returned, and groups are numbered that way.
 * To be freed. NULL when memory runs out.
 */
struct pieces *pieces_new(const struct report_format *format, void *kept,
                          const struct report_run *run, bool ordered);
void pieces_free(struct pieces *pieces);

/*
 * Prints a test, and keeps that. Returns what can be told at once, which is the test or, of a
 * format with groups, the group when it is whole; NULL: nothing yet. Valid until pieces_free().
 */
const char *pieces_add(struct pieces *pieces, const struct report_test *test,
                       const struct findings *findings);

/* Groups that will not become whole are told with what is there. Returns the next, or NULL. */
const char *pieces_add_rest(struct pieces *pieces);

/* All of it in the order of names; with format->worst_first, by verdict before that. */
void pieces_print(const struct pieces *pieces, FILE *out);

#endif
