/*
 * The table that makes many tests of one script:
 *
 *     cases  where   seq    answer
 *            left    1      ""
 *            inside  100    "> . 1:1(0) ack 1"
 *
 * The words of the first line are defines; each line below, down to an empty line or the first
 * event, is a test of its own, called by its first cell. A cell is a word, or a string in double
 * quotes, which in the place of an action stands for the action written in it, or for none.
 */
#ifndef TCPCLOSE_SCRIPT_CASES_H
#define TCPCLOSE_SCRIPT_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/defines.h"

enum { CASE_COLUMNS = 16 };

struct script_case {
	const char *name;
	const char *cells[CASE_COLUMNS]; /* strings keep their quotes */
	struct range where;
};

struct case_column {
	const char *name;
	struct range where;
};

struct case_table {
	struct case_column columns[CASE_COLUMNS];
	size_t column_count;
	struct script_case *rows;
	size_t row_count;        /* 0: the script has no table, and is one test */
	const char *begin, *end; /* in the text, from behind "cases"; NULL: there is none */
};

/* Finds the table in a text. False, after reporting why, when it is not well formed. */
bool cases_read(const struct source_text *text, struct arena *arena, struct diag *diag,
                struct case_table *table);

/* Adds what one row defines. */
void cases_define(const struct case_table *table, size_t row, struct arena *arena,
                  struct defines *defines);

/* The first line of the table, behind the word "cases"; NULL when the text has none. */
const char *cases_begin(const char *text);

/* Does a line go on with a table, or end it? */
bool cases_is_row(const char *line);

#endif
