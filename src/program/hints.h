/* Hints for what is written as in C, or with other names: they say how a script writes it. */
#ifndef TCPCLOSE_PROGRAM_HINTS_H
#define TCPCLOSE_PROGRAM_HINTS_H

#include "base/diag.h"
#include "program/program.h"

/* For a word in the place of flags: FIN, SYN_ACK. */
void hint_flags(struct diag *diag, const char *word);

/*
 * For an argument of the wrong kind: a structure without names, whose fields are known from the
 * option before it.
 */
void hint_argument(struct diag *diag, const struct call_want *call, size_t index);

#endif
