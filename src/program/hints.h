/* Hints for what is written as in C, or by other names: what is written here. */
#ifndef TCPCLOSE_PROGRAM_HINTS_H
#define TCPCLOSE_PROGRAM_HINTS_H

#include "base/diag.h"
#include "program/program.h"

/* Of a word that is no flags: FIN, SYN_ACK. */
void hint_flags(struct diag *diag, const char *word);

/*
 * Of an argument that is not what the call wants: a structure without names, whose fields are known
 * by the option before it.
 */
void hint_argument(struct diag *diag, const struct call_want *call, size_t index);

#endif
