/* What the options name: files that are read before the run, kernels, the folder of artifacts. */
#ifndef TCPCLOSE_SUITE_COMMAND_FILES_H
#define TCPCLOSE_SUITE_COMMAND_FILES_H

#include "suite/command_line.h"

/* Returns COMMAND_LINE_GOOD, or the exit status after a message about what cannot be used. */
int command_files_read(struct command_line *line);

#endif
