/*
 * A table of cases, which makes many tests of one script:
 *
 *     cases  where   seq    answer
 *            left    1      ""
 *            inside  100    "> . 1:1(0) ack 1"
 *
 * The words of the first line are its columns, and each is defined to be the cell below it. Each
 * row, down to an empty line or the first event, is a test of its own, whose name is its first
 * cell. A cell is a word or a string in double quotes. A string in the place of an action stands
 * for the action that is written in it; an empty one stands for none.
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
	const char *cells[CASE_COLUMNS]; /* strings still have their quotes */
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
	size_t row_count; /* 0: the script has no table, so it is one test */
	/* The table in the text, from behind "cases"; NULL: there is none. */
	const char *begin, *end;
};

/*
 * Finds the table in a text. When it is not well formed, the function reports why and returns
 * false.
 */
bool cases_read(const struct source_text *text, struct arena *arena, struct diag *diag,
                struct case_table *table);

/* Adds a define for each cell of a row. */
void cases_define(const struct case_table *table, size_t row, struct arena *arena,
                  struct defines *defines);

/*
 * Returns where the first line of the table goes on behind the word "cases"; NULL when the text has
 * no table.
 */
const char *cases_begin(const char *text);

/* Tells whether a line belongs to the table, or ends it. */
bool cases_is_row(const char *line);

#endif
