/* What stands in the script: a piece of it as one line. */
#ifndef TCPCLOSE_REPORT_WRITTEN_H
#define TCPCLOSE_REPORT_WRITTEN_H

#include "base/source.h"

enum { WORDS = 512 }; /* room for a line of words */

/* A piece of script as one line: comments left out, blanks squeezed, cut where it is too long. */
const char *written_line(const struct sources *sources, struct range range, char text[WORDS]);

#endif
