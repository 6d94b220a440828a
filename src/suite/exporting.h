/* --export: writes scripts in another tool's language, one for each row of a table of cases. */
#ifndef TCPCLOSE_SUITE_EXPORTING_H
#define TCPCLOSE_SUITE_EXPORTING_H

#include <stdio.h>

#include "script/defines.h"
#include "suite/discover.h"

/*
 * Writes each script to standard output or to the file `output`. When that is a folder, the files
 * in it are NAME.pkt or NAME-CASE.pkt. `only` is the name of a row, or NULL. Nothing is written for
 * a script for which the other language has no words; the reason is reported. Returns the exit
 * status (suite.h).
 */
int export_scripts(const struct script_paths *scripts, const char *only, const char *output,
                   const struct defines *given, FILE *messages);

#endif
