/* Which options cannot stand together, and which need another. */
#ifndef TCPCLOSE_SUITE_COMMAND_TOGETHER_H
#define TCPCLOSE_SUITE_COMMAND_TOGETHER_H

#include "suite/command_line.h"

/* Returns COMMAND_LINE_GOOD, or the exit status after a message about what does not fit. */
int command_together_check(struct command_line *line);

#endif
