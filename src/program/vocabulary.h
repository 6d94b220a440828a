/* The words of the language itself. A column of a table of cases cannot have such a name. */
#ifndef TCPCLOSE_PROGRAM_VOCABULARY_H
#define TCPCLOSE_PROGRAM_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "script/cases.h"

/*
 * Reports each column of the table whose name is a word of the language itself; then returns false.
 */
bool vocabulary_check_columns(const struct case_table *table, struct diag *diag);

/* The words with which an event can begin: calls, observations, processes; NULL after the last. */
const char *vocabulary_event_at(size_t index);

#endif
