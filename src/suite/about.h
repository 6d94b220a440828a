/* Finds scripts that are about something, by their names, first comments and directives. */
#ifndef TCPCLOSE_SUITE_ABOUT_H
#define TCPCLOSE_SUITE_ABOUT_H

#include <stdio.h>

#include "suite/discover.h"

/*
 * Lists the scripts that have all of the words (which are separated by blanks), the best first,
 * each with the first sentence of its comment. Returns the exit status (suite.h): 0, or 2 after a
 * message when no script has them.
 */
int about_print(const char *words, const struct script_paths *scripts, FILE *out);

#endif
