/* A piece of the script as one line. */
#ifndef TCPCLOSE_REPORT_WRITTEN_H
#define TCPCLOSE_REPORT_WRITTEN_H

#include "base/source.h"

enum { WORDS = 512 }; /* bytes for a line of words */

/*
 * Writes a piece of the script as one line: comments are left out, several blanks become one, and
 * what is too long is cut.
 */
const char *written_line(const struct sources *sources, struct range range, char text[WORDS]);

#endif
