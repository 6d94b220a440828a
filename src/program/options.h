/* The options a script and the command line have in common; one row each. */
#ifndef TCPCLOSE_PROGRAM_OPTIONS_H
#define TCPCLOSE_PROGRAM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "program/settings.h"

struct option_row;

/* NULL when there is none. Dashes and underscores in a name are the same. */
const struct option_row *option_find(const char *name);
const struct option_row *option_at(size_t index);

const char *option_name(const struct option_row *row);
const char *option_help(const struct option_row *row); /* "=N  how long ..."; NULL: refused */
bool option_has_value(const struct option_row *row);

/*
 * Sets the field of `settings` that the row is about. `value` is NULL when none was written; it is
 * copied into `arena`. Returns NULL, or what is wrong with the value.
 */
const char *option_set(const struct option_row *row, const char *value, struct settings *settings,
                       struct arena *arena);

#endif
