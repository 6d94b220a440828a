/* --format_script: scripts in the form of script/layout.h, shown, looked for or written. */
#ifndef TCPCLOSE_SUITE_FORMAT_SCRIPTS_H
#define TCPCLOSE_SUITE_FORMAT_SCRIPTS_H

#include <stdio.h>

#include "script/defines.h"
#include "suite/discover.h"

enum format_wish {
	FORMAT_NOTHING,
	FORMAT_SHOW,  /* prints each script in its form */
	FORMAT_CHECK, /* prints the names of those that are in another */
	FORMAT_WRITE, /* replaces those that are in another */
};

/*
 * `given` are the words that the command line defines: an include may need them to be parsed.
 * An exit status: 0; 1 when a check found one in another form; 2 when one cannot be read, parsed
 * or written, which was then reported to standard error, and which stays as it is.
 */
int format_scripts(const struct script_paths *scripts, enum format_wish wish,
                   const struct defines *given, FILE *out);

#endif
