/*
 * What a failure on another stack means. A script says what Linux does; a stack that does something
 * else may differ within the RFC, or violate it. That is judged by reading, and written in a file,
 * a line for each kind of failure:
 *
 *     JUDGEMENT | IDS | FAILURE | CLAUSE | SENTENCE
 *
 * JUDGEMENT is holds, differs, violates, not-offered, or not-seen: the script failed at something
 * else, before it came to what the id is about. IDS and FAILURE are patterns as the shell
 * has them; FAILURE is compared with the line that the report has for the test ("" for a pass). The
 * first line that fits counts. What follows # at the beginning of a line is a comment.
 */
#ifndef TCPCLOSE_REPORT_JUDGEMENTS_H
#define TCPCLOSE_REPORT_JUDGEMENTS_H

#include <stdio.h>

#include "base/arena.h"
#include "report/report.h"

/* The later ones weigh more. */
enum judgement {
	JUDGED_NOTHING, /* no test of it was played */
	JUDGED_NOT_OFFERED,
	JUDGED_NOT_SEEN,
	JUDGED_HOLDS,
	JUDGED_DIFFERS,
	JUDGED_OPEN, /* it failed, and no line of the file is about it */
	JUDGED_VIOLATES,
	JUDGEMENTS
};

struct judgements;

/* What the tests of one id came to. Zeroed, it is that of none. */
struct outcome {
	enum judgement judgement;
	const char *clause, *sentence; /* or NULL */
	const char *script;            /* that says so; or NULL */
	const char *test;              /* the same, in its family */
};

/* NULL, and *why says what is wrong, with the line. */
struct judgements *judgements_read(const char *path, struct arena *arena, const char **why);

/* Takes a test into account that covers the id. `summary`: what its findings are in one line. */
void judgements_add(const struct judgements *judgements, const char *id, size_t length,
                    const struct report_test *test, const char *summary, struct outcome *outcome);

/* A line for the id, and the sentence below it. */
void outcome_print(FILE *out, const char *id, const struct outcome *outcome);

/* "holds 40, differs 12, ..." of so many each. */
void outcomes_print(FILE *out, const size_t count[JUDGEMENTS]);

#endif
