/* What the tests cover: the ids of their "covers" lines, and what became of each. */
#ifndef TCPCLOSE_REPORT_COVERAGE_H
#define TCPCLOSE_REPORT_COVERAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "report/report.h"

struct coverage;

struct coverage *coverage_new(struct arena *arena);

/*
 * Adds the ids of a document, so that those that nothing covers are seen: the first cells of its
 * tables (| D3-09 | ...) that look like ids. NULL, or why it cannot be read.
 */
const char *coverage_read(struct coverage *coverage, const char *path);

void coverage_add(struct coverage *coverage, const struct report_test *test);

/* A line for each id: results, and the scripts. */
void coverage_print(struct coverage *coverage, FILE *out);

#endif
