/*
 * The options of the command line. Those that a script can set, too, are in program/options.c. A
 * new one is a row of the table.
 */
#ifndef TCPCLOSE_SUITE_COMMAND_OPTIONS_H
#define TCPCLOSE_SUITE_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "suite/command_line.h"
#include "suite/command_option.h"

/* Finds an option by its name, in which '-' is '_', or by its letter. NULL: there is none. */
const struct command_option *command_option_find(const char *name, size_t length);

/*
 * Notes the option and its value (NULL: none was written). Returns COMMAND_LINE_GOOD, or the exit
 * status.
 */
int command_option_set(struct command_line *line, const struct command_option *row,
                       const char *value);

/* Tells whether the option of this name, which there must be, was written. */
bool command_option_given(const struct command_line *line, const char *name);

/* Prints that there is no such option, and which one may be meant. Returns the exit status. */
int command_option_unknown(const struct command_line *line, const char *name);

#endif
