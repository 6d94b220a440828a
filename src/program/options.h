/* The options that a script and the command line have in common. Each has a row. */
#ifndef TCPCLOSE_PROGRAM_OPTIONS_H
#define TCPCLOSE_PROGRAM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "program/settings.h"

struct option_row;

/* Returns NULL when there is none. In a name, '-' and '_' are the same. */
const struct option_row *option_find(const char *name);
const struct option_row *option_at(size_t index);

const char *option_name(const struct option_row *row);
const char *
option_help(const struct option_row *row); /* "=N  how long ..."; NULL: the option is refused */
bool option_has_value(const struct option_row *row);

/*
 * Sets the field of `settings` that belongs to the row. `value` is copied into `arena`; it is NULL
 * when none was written. Returns NULL, or what is wrong with the value.
 */
const char *option_set(const struct option_row *row, const char *value, struct settings *settings,
                       struct arena *arena);

#endif
