/* Tree to program: every name, number and order of things is checked here, none at run time. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_H
#define TCPCLOSE_PROGRAM_COMPILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"
#include "script/ast.h"

/*
 * Applies the script's own options to `settings`. The command line's are applied after them, so
 * that they win. Errors go to `diag`; false when there was one.
 */
bool compile_settings(const struct script *script, struct arena *arena, struct diag *diag,
                      struct settings *settings);

/*
 * Makes the program for one address family (settings->ip_version must be set). All errors of the
 * script are reported; false when there was one. The program lives in `arena` and refers to
 * strings of the tree.
 */
bool compile_script(const struct script *script, const struct settings *settings,
                    struct arena *arena, struct diag *diag, struct program **program);

/*
 * The same piece by piece, for a script whose events are not kept: compile_add() takes each in turn
 * and needs it no longer, but for its strings. Room is made for `expected` events, at first.
 * `settings` must stay.
 */
struct compiling *compile_begin(const struct settings *settings, size_t expected,
                                struct arena *arena, struct diag *diag);
void compile_add(struct compiling *compiling, const struct event_node *event);
bool compile_end(struct compiling *compiling, const struct script *script,
                 struct program **program);

#endif
