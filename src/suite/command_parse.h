/* Reads the command line. */
#ifndef TCPCLOSE_SUITE_COMMAND_PARSE_H
#define TCPCLOSE_SUITE_COMMAND_PARSE_H

#include "suite/command_line.h"

/* Returns COMMAND_LINE_GOOD, or the exit status (after --help, or after a message). */
int command_parse(struct command_line *line, int argc, char **argv);

#endif
