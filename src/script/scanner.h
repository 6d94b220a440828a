/* Makes tokens of characters. Only grammar/scanner.l and grammar/script.y use it. */
#ifndef TCPCLOSE_SCRIPT_SCANNER_H
#define TCPCLOSE_SCRIPT_SCANNER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/cases.h"
#include "script/defines.h"

/*
 * Returns a scanner over one text, of the parser's type yyscan_t. `table` is the table of cases of
 * the text, or NULL.
 */
void *scanner_open(struct arena *arena, const struct source_text *text,
                   const struct case_table *table, const struct defines *defines,
                   struct diag *diag);
void scanner_close(void *scanner);

/*
 * Error recovery: continues at the next line that looks like the beginning of an event. With
 * `within_event` this may be the current line, when the event before it is not complete.
 */
void scanner_skip_event(void *scanner, bool within_event);

#endif
