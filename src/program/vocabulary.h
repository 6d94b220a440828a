/* The language's own words: those that a column of a table of cases cannot be called by. */
#ifndef TCPCLOSE_PROGRAM_VOCABULARY_H
#define TCPCLOSE_PROGRAM_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "script/cases.h"

/*
 * Has the word a meaning in events: a call, an observation, a field, an option, a constant, flags?
 * Words within headers around a packet (key, label) and fields of structures (length) are not
 * looked at: few scripts have them, and they make good names.
 */
bool vocabulary_has(const char *word);

/* False, after reporting each, when columns of the table are called by such words. */
bool vocabulary_check_columns(const struct case_table *table, struct diag *diag);

/* The words that an event can begin with: calls, observations, processes; NULL after the last. */
const char *vocabulary_event_at(size_t index);

#endif
