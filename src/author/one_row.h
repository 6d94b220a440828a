/* A script with a table of cases as a script of one of its rows. */
#ifndef TCPCLOSE_AUTHOR_ONE_ROW_H
#define TCPCLOSE_AUTHOR_ONE_ROW_H

#include <stddef.h>

#include "base/arena.h"

/* How many rows the table of a text has; 0: it has none, or one that is wrong. */
size_t one_row_count(const char *text, struct arena *arena);

/* The text with the other rows left out of its table. */
const char *one_row_text(const char *text, struct arena *arena, size_t row);

/*
 * The text without its table: what the row has in a column stands in the place of the column's
 * name. It may be wrong where a name stands for more than a word: it has to be played.
 */
const char *one_row_written(const char *text, struct arena *arena, size_t row);

#endif
