/* What the tests cover: the ids of their "covers" lines, and what became of each. */
#ifndef TCPCLOSE_REPORT_COVERAGE_H
#define TCPCLOSE_REPORT_COVERAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "report/judgements.h"
#include "report/report.h"

struct coverage;

struct coverage *coverage_new(struct arena *arena);

/*
 * Adds the ids of a document, so that those that nothing covers are seen: the first cells of its
 * tables (| D3-09 | claim |) that look like ids. A row like | D3 | title | names a document, to
 * which the ids belong that begin so; then other ids than those of documents are left out of the
 * table. NULL, or why it cannot be read.
 */
const char *coverage_read(struct coverage *coverage, const char *path);

/* The table says how each id is judged, with the first sentence that says so. */
void coverage_judge(struct coverage *coverage, const struct judgements *judgements);

void coverage_add(struct coverage *coverage, const struct report_test *test);

/*
 * The claims of each document with their verdicts, the scripts that give them, and the results;
 * then a line for each other id.
 */
void coverage_print(struct coverage *coverage, FILE *out);

#endif
