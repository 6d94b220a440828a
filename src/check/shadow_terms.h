/*
 * What of a program changes the terms on which its connections are judged: sysctls, socket options,
 * processes, commands; and which of its calls is which of the model's.
 */
#ifndef TCPCLOSE_CHECK_SHADOW_TERMS_H
#define TCPCLOSE_CHECK_SHADOW_TERMS_H

#include <stdbool.h>

#include "model/call_rules.h"
#include "model/circumstances.h"
#include "program/program.h"

/* What holds for the whole of a program. */
void terms_of_program(const struct program *program, struct model_circumstances *terms);

/* What a call of setsockopt changes, for all that comes. */
void terms_of_option(const struct call_want *want, struct model_circumstances *terms);

/* Does it set SO_LINGER? Then *aborts says whether a close aborts now. */
bool terms_of_linger(const struct call_want *want, bool *aborts);

/* Is it the script's last word of which the model understands all? TCP_REPAIR and such are not. */
bool terms_are_strange(const struct call_want *want);

/* The model's call, without its result; false: it has none. */
bool terms_of_call(const struct call_want *want, struct call *call);

#endif
