/* System calls. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_CALL_H
#define TCPCLOSE_PROGRAM_COMPILE_CALL_H

#include "program/compiling.h"
#include "program/syscalls.h"
#include "script/ast.h"

/*
 * Compiles a call of the row. `step` is the step that it is in, whose time is known. Returns NULL
 * after reporting what is wrong.
 */
struct call_want *compile_call(struct compiling *c, const struct call_node *node,
                               const struct syscall_row *row, const struct step *step);

#endif
