/*
 * The form that a script is written in. Blanks alone are changed, so comments, blank lines and
 * everything that is written stay as they are:
 *
 * - an event begins its line; its action begins at one column in the whole file, the one that most
 *   actions begin at, or one blank behind a time that is longer than that;
 * - within an action words are one blank apart, a comma in brackets has a blank behind it, and the
 *   '=' of a result has one on either side;
 * - the cells of a table of cases stand below each other, two blanks apart; a table whose cells do
 *   so in another way is left alone;
 * - a directive begins its line; no line ends with blanks, no two blank lines follow each other,
 * and
 *   there is none at the beginning or the end.
 *
 * What is within a comment, a string, a command or a piece of code is not touched, nor are lines
 * that go on with an event. A script in this form stays as it is.
 */
#ifndef TCPCLOSE_SCRIPT_LAYOUT_H
#define TCPCLOSE_SCRIPT_LAYOUT_H

#include "base/arena.h"
#include "base/source.h"
#include "script/cases.h"

/*
 * The text in this form. It should have been parsed without errors; one that was not is still laid
 * out, but perhaps not well. The table is that of the text, as cases_read() gives it. In `arena`.
 */
const char *layout_script(const struct source_text *text, const struct case_table *table,
                          struct arena *arena);

#endif
