/* Makes values, numbers and times of expressions. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_VALUE_H
#define TCPCLOSE_PROGRAM_COMPILE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "program/compiling.h"
#include "script/ast.h"

/* Evaluates an expression. Returns false after reporting why it takes no value. */
bool compile_value(struct compiling *c, const struct expr *expr, struct value *value);

/*
 * Evaluates an expression that must be a number from `least` to `most`. `what` names it in
 * messages.
 */
bool compile_number(struct compiling *c, const struct expr *expr, const char *what, int64_t least,
                    int64_t most, int64_t *number);

/*
 * Evaluates a time of the script: NUMBER or FLOAT, in seconds. NULL means that it was not written,
 * and gives 0. Returns false after reporting a time that is negative or too long.
 */
bool compile_time(struct compiling *c, const struct expr *expr, usec_t *usec);

/*
 * Reports a word in the place of a number that is not a known constant, with the nearest one as a
 * hint.
 */
void report_unknown_symbol(struct compiling *c, const struct expr *expr);

#endif
