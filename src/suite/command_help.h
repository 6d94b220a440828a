/* --help. */
#ifndef TCPCLOSE_SUITE_COMMAND_HELP_H
#define TCPCLOSE_SUITE_COMMAND_HELP_H

#include <stddef.h>

#include "suite/command_option.h"

/* Prints how the program is called, its options in the order of the rows, and the formats. */
void command_help(const char *program_name, const struct command_option *rows, size_t count);

#endif
