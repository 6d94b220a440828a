/*
 * Checks the counters and sysctls that a script names. A name that neither this kernel nor any
 * known kernel has is a slip of the author, and is reported before anything is played.
 */
#ifndef TCPCLOSE_SUITE_NAMES_H
#define TCPCLOSE_SUITE_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"

/* Reports each such name to `diag`. Returns false when there was one. */
bool names_check(const struct program *program, struct arena *arena, struct diag *diag);

#endif
