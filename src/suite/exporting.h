/* --export: writes scripts in another tool's language, one for each row of a table of cases. */
#ifndef TCPCLOSE_SUITE_EXPORTING_H
#define TCPCLOSE_SUITE_EXPORTING_H

#include <stdio.h>

#include "suite/discover.h"
#include "suite/options.h"

/*
 * Writes each script to standard output or to the file `output`. When that is a folder, the files
 * in it are NAME.pkt or NAME-CASE.pkt. The options say which rows and tests are wanted. Nothing is
 * written for a script for which the other language has no words; the reason is reported. Returns
 * the exit status (suite.h).
 */
int export_scripts(const struct script_paths *scripts, const struct suite_options *options,
                   const char *output, FILE *messages);

#endif
