/*
 * Makes a program of a tree. Every name, every number and the order of things is checked here, and
 * none at run time.
 */
#ifndef TCPCLOSE_PROGRAM_COMPILE_H
#define TCPCLOSE_PROGRAM_COMPILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"
#include "script/ast.h"

/*
 * Applies the script's own options to `settings`. Those of the command line are applied after them,
 * so that they win. Errors are reported to `diag`; then it returns false.
 */
bool compile_settings(const struct script *script, struct arena *arena, struct diag *diag,
                      struct settings *settings);

/*
 * Makes the program for one address family: settings->ip_version must be set. All errors of the
 * script are reported; then it returns false. The program is in `arena`, and refers to strings of
 * the tree.
 */
bool compile_script(const struct script *script, const struct settings *settings,
                    struct arena *arena, struct diag *diag, struct program **program);

/*
 * The same in pieces, for a script whose events are not kept. compile_add() takes each event in
 * turn, and needs nothing of it later but its strings. At first there is room for `expected`
 * events. `settings` must stay.
 */
struct compiling *compile_begin(const struct settings *settings, size_t expected,
                                struct arena *arena, struct diag *diag);
void compile_add(struct compiling *compiling, const struct event_node *event);
bool compile_end(struct compiling *compiling, const struct script *script,
                 struct program **program);

#endif
