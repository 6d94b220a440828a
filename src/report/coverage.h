/* Coverage: the ids in the "covers" lines of the tests, and the verdicts for each. */
#ifndef TCPCLOSE_REPORT_COVERAGE_H
#define TCPCLOSE_REPORT_COVERAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "report/judgements.h"
#include "report/report.h"

struct coverage;

struct coverage *coverage_new(struct arena *arena);

/*
 * Adds the ids of a document, so that ids that no test covers are seen, too. These are the first
 * cells of its tables (| D3-09 | claim |) that look like ids. A row such as | D3 | title | names a
 * document, to which all ids belong that begin with its name, or else those below it; then the
 * table leaves out ids that belong to no document. A third cell | not shown: why | excuses an id
 * that no script covers. Returns NULL, or why the document cannot be read.
 */
const char *coverage_read(struct coverage *coverage, const char *path);

/* Where the tests were played: the fact "kernel". */
void coverage_system(struct coverage *coverage, const struct report_fact *facts);

/* The table says how each id is judged, with the first sentence that says so. */
void coverage_judge(struct coverage *coverage, const struct judgements *judgements);

void coverage_add(struct coverage *coverage, const struct report_test *test);

/*
 * Prints the claims of each document, with their verdicts, the scripts that give these, and the
 * results of the tests; then a line for each other id.
 */
void coverage_print(struct coverage *coverage, FILE *out);

/* A line for each id of a document of which a test failed, and none passed. */
void coverage_lost(const struct coverage *coverage, FILE *out);

#endif
