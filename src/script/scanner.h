/* Characters to tokens; between grammar/scanner.l and grammar/script.y only. */
#ifndef TCPCLOSE_SCRIPT_SCANNER_H
#define TCPCLOSE_SCRIPT_SCANNER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/cases.h"
#include "script/defines.h"

/* A scanner over one text, as the parser's yyscan_t. The table is that of the text, or NULL. */
void *scanner_open(struct arena *arena, const struct source_text *text,
                   const struct case_table *table, const struct defines *defines,
                   struct diag *diag);
void scanner_close(void *scanner);

/*
 * Error recovery: goes on with the next line that looks like the beginning of an event. That can be
 * the current one when the event before lacked something.
 */
void scanner_skip_event(void *scanner, bool within_event);

#endif
