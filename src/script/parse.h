/* Text to tree. */
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
 * Parses a text and what it includes. Every error of syntax is reported to `diag`, each with its
 * position; false when there was one. Options of the form --define=NAME=VALUE are added to
 * `defines`, which the scanner consults for every word. The tree lives in `arena`.
 */
bool parse_script(struct arena *arena, struct sources *sources, const struct source_text *text,
                  struct defines *defines, struct diag *diag, struct script **script);

/*
 * The same, with one who takes the events: for scripts whose tree would be large, or that are
 * parsed again for each row of a table of cases, whose lines are then not looked at. *script is set
 * before the first event is taken.
 */
bool parse_script_for(const struct event_taker *taker, struct arena *arena, struct sources *sources,
                      const struct source_text *text, const struct case_table *table,
                      struct defines *defines, struct diag *diag, struct script **script);

#endif
