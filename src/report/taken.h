/*
 * A file of the model's transitions that were taken, so that another run can tell of them: a line
 * for each, "arrival closing-ack-of-fin CLOSING". What follows # at the beginning of a line is a
 * comment.
 */
#ifndef TCPCLOSE_REPORT_TAKEN_H
#define TCPCLOSE_REPORT_TAKEN_H

#include <stdio.h>

#include "base/arena.h"
#include "model/circumstances.h"
#include "model/transitions.h"

void taken_write(FILE *out, const struct transitions *taken, enum model_mode mode);

/* Adds those of a file. NULL, or why it cannot be read, with the line. */
const char *taken_read(const char *path, struct arena *arena, struct transitions *taken);

#endif
