/*
 * --format_script: shows scripts in the form of script/layout.h, finds those that are not in it, or
 * writes them.
 */
#ifndef TCPCLOSE_SUITE_FORMAT_SCRIPTS_H
#define TCPCLOSE_SUITE_FORMAT_SCRIPTS_H

#include <stdio.h>

#include "script/defines.h"
#include "suite/discover.h"

enum format_wish {
	FORMAT_NOTHING,
	FORMAT_SHOW,  /* prints each script in its form */
	FORMAT_CHECK, /* prints the names of those that have another form */
	FORMAT_WRITE, /* replaces those that have another form */
};

/*
 * `given` are the words that the command line defines; an include may need them. Returns the exit
 * status: 0; 1 when a check found a script with another form; 2 when a script cannot be read,
 * parsed or written. Then this was reported to standard error, and the script is unchanged.
 */
int format_scripts(const struct script_paths *scripts, enum format_wish wish,
                   const struct defines *given, FILE *out);

#endif
