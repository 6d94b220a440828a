/* The language's own words: those that a column of a table of cases cannot be called by. */
#ifndef TCPCLOSE_PROGRAM_VOCABULARY_H
#define TCPCLOSE_PROGRAM_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "script/cases.h"

/* False, after reporting each, when columns of the table are called by such words. */
bool vocabulary_check_columns(const struct case_table *table, struct diag *diag);

/* The words that an event can begin with: calls, observations, processes; NULL after the last. */
const char *vocabulary_event_at(size_t index);

#endif
