/*
 * Finds what is wrong with a script that somebody is writing: all errors and warnings that can be
 * found without a kernel, each with its place.
 */
#ifndef TCPCLOSE_EDITOR_ANALYSIS_H
#define TCPCLOSE_EDITOR_ANALYSIS_H

#include "base/json.h"
#include "script/defines.h"

/*
 * The protocol's array of diagnostics for a text that would be read from `path`, which need not be
 * there; `given` is what the command line defines. `text` ends with NUL. What is wrong in a file
 * that it includes is told at the line that does so. The caller's.
 */
json_t *analysis_diagnostics(const char *path, const char *text, const struct defines *given);

#endif
