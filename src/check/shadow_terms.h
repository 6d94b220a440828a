/*
 * Finds out from a program on which terms its connections are judged (sysctls, socket options,
 * processes, commands), and which of its calls is which call of the model.
 */
#ifndef TCPCLOSE_CHECK_SHADOW_TERMS_H
#define TCPCLOSE_CHECK_SHADOW_TERMS_H

#include <stdbool.h>

#include "model/call_rules.h"
#include "model/circumstances.h"
#include "program/program.h"

/* Sets what holds for the whole program. */
void terms_of_program(const struct program *program, struct model_circumstances *terms);

/* Sets what a call of setsockopt changes, for everything that follows. */
void terms_of_option(const struct call_want *want, usec_t at, struct model_circumstances *terms);

/* Tells whether the call sets SO_LINGER. Then *aborts tells whether a close aborts from now on. */
bool terms_of_linger(const struct call_want *want, bool *aborts);

/* Tells whether the call sets SO_OOBINLINE. */
bool terms_of_urgent(const struct call_want *want, bool *in_line);

/*
 * Tells whether the model does not understand what the connections do from here on, because of this
 * call (TCP_REPAIR and the like).
 */
bool terms_are_strange(const struct call_want *want);

/*
 * Makes the model's call of a script's call, without its result. Returns false when there is none.
 */
bool terms_of_call(const struct call_want *want, struct call *call);

#endif
