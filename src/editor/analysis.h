/*
 * Finds what is wrong with a script that somebody is writing: all errors and warnings that can be
 * found without a kernel, each with its place.
 */
#ifndef TCPCLOSE_EDITOR_ANALYSIS_H
#define TCPCLOSE_EDITOR_ANALYSIS_H

#include "base/json.h"

/*
 * Returns the protocol's array of diagnostics for a text. `path` is where it would be read from;
 * the file need not exist. `text` ends with NUL. A mistake in a file that the text includes is
 * reported at the line that includes it. The result belongs to the caller.
 */
json_t *analysis_diagnostics(const char *path, const char *text);

#endif
