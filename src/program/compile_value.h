/* Expressions to values, numbers and times. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_VALUE_H
#define TCPCLOSE_PROGRAM_COMPILE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "program/compiling.h"
#include "script/ast.h"

/* Evaluates any expression; false after reporting why it has no value. */
bool compile_value(struct compiling *c, const struct expr *expr, struct value *value);

/* Evaluates one that must be a number; `what` names it in the message. */
bool compile_number(struct compiling *c, const struct expr *expr, const char *what, int64_t least,
                    int64_t most, int64_t *number);

/*
 * Evaluates a time of the script's, NUMBER or FLOAT in seconds; NULL, which was not written, is 0.
 * False when it is negative or too long.
 */
bool compile_time(struct compiling *c, const struct expr *expr, usec_t *usec);

/* A word for a number that is no symbol we know; reports it with the nearest one. */
void report_unknown_symbol(struct compiling *c, const struct expr *expr);

#endif
