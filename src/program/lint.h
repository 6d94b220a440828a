/*
 * What is allowed in a script, and hardly ever meant: told as warnings, each with its place and
 * with what to write. The program is read as a story: what each side of a connection has sent so
 * far, in the script's numbers, and what each descriptor stands for. Where the story is not sure
 * nothing is said.
 *
 * An event is what its author wants when its line, or the line of a comment above it, says so:
 *
 *	+0 < F. 2:2(0) ack 102 win 65535   // meant: the FIN leaves a hole
 */
#ifndef TCPCLOSE_PROGRAM_LINT_H
#define TCPCLOSE_PROGRAM_LINT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "program/program.h"

/*
 * Adds the warnings of a good program's first `count` steps to `diag`; `sources` are those that its
 * places are in.
 */
void lint_program(const struct program *program, size_t count, const struct sources *sources,
                  struct arena *arena, struct diag *diag);

#endif
