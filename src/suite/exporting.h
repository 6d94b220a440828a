/* --export: scripts in another tool's language, one for each row of a table of cases. */
#ifndef TCPCLOSE_SUITE_EXPORTING_H
#define TCPCLOSE_SUITE_EXPORTING_H

#include <stdio.h>

#include "script/defines.h"
#include "suite/discover.h"

/*
 * Writes each script to standard output, or to the file `output`; when that is a directory, there,
 * as NAME.pkt or NAME-CASE.pkt. `only`: the row of this name, or NULL. Nothing is written for a
 * script that cannot be said; why not is reported. Returns the status to leave with (suite.h).
 */
int export_scripts(const struct script_paths *scripts, const char *only, const char *output,
                   const struct defines *given, FILE *messages);

#endif
