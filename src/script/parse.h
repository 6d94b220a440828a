/* Makes a tree of a text. */
#ifndef TCPCLOSE_SCRIPT_PARSE_H
#define TCPCLOSE_SCRIPT_PARSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/ast.h"
#include "script/cases.h"
#include "script/defines.h"

/*
 * Parses a text and the files that it includes. Every syntax error is reported to `diag` with its
 * position; the function returns false when there was one. Options of the form --define=NAME=VALUE
 * are added to `defines`, in which the scanner looks up every word. The tree is in `arena`.
 */
bool parse_script(struct arena *arena, struct sources *sources, const struct source_text *text,
                  struct defines *defines, struct diag *diag, struct script **script);

/*
 * The same, but each event is offered to `taker` (see ast.h). This is for scripts whose tree would
 * be large, and for those that are parsed again for each row of a table of cases; `table` lets the
 * scanner skip the rows. *script is set before the first event is offered.
 */
bool parse_script_for(const struct event_taker *taker, struct arena *arena, struct sources *sources,
                      const struct source_text *text, const struct case_table *table,
                      struct defines *defines, struct diag *diag, struct script **script);

#endif
