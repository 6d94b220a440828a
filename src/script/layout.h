/*
 * The form that a script is written in. Only blanks are changed. Comments, blank lines and
 * everything else that is written stay as they are:
 *
 * - an event begins its line; in the whole file, actions begin at the same column, the one at which
 *   most of them begin already, or one blank behind a time that is longer than that;
 * - within an action there is one blank between words and behind a comma in brackets, and one on
 *   either side of the '=' of a result;
 * - the cells of a table of cases are in columns, two blanks apart; a table that has columns
 * already
 *   is left alone;
 * - a directive begins its line; no line ends with blanks, no two blank lines follow each other,
 * and
 *   there is none at the beginning or the end.
 *
 * Comments, strings, commands and blocks of code are not touched, and neither are lines that
 * continue an event. A script that is in this form stays as it is.
 */
#ifndef TCPCLOSE_SCRIPT_LAYOUT_H
#define TCPCLOSE_SCRIPT_LAYOUT_H

#include "base/arena.h"
#include "base/source.h"
#include "script/cases.h"

/*
 * Returns the text in this form, in `arena`. `table` is the table of cases of the text, from
 * cases_read(). The text should have been parsed without errors; a text with errors is laid out,
 * too, but perhaps not well.
 */
const char *layout_script(const struct source_text *text, const struct case_table *table,
                          struct arena *arena);

#endif
