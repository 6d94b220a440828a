/*
 * The lint: it finds what is allowed in a script but hardly ever meant. It gives warnings, each
 * with its place and a hint what to write. It follows what each side of a connection has sent so
 * far, in the script's numbers, and what each descriptor stands for. Where it is not sure, it says
 * nothing.
 *
 * When the author really wants an event, a comment on its line, or on the line above it, says so:
 *
 *         +0 < F. 2:2(0) ack 102 win 65535   // meant: the FIN leaves a hole
 */
#ifndef TCPCLOSE_PROGRAM_LINT_H
#define TCPCLOSE_PROGRAM_LINT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "program/program.h"

/*
 * Adds warnings about the first `count` steps of a program without errors to `diag`. `sources` are
 * those of its positions.
 */
void lint_program(const struct program *program, size_t count, const struct sources *sources,
                  struct arena *arena, struct diag *diag);

#endif
