/* What stands in the script: a piece of it as one line, and what it says of a result. */
#ifndef TCPCLOSE_REPORT_WRITTEN_H
#define TCPCLOSE_REPORT_WRITTEN_H

#include <stdbool.h>

#include "base/source.h"
#include "verdict/verdict.h"

enum { WORDS = 512 }; /* room for a line of words */

/* A piece of script as one line: comments left out, blanks squeezed, cut where it is too long. */
const char *written_line(const struct sources *sources, struct range range, char text[WORDS]);

/* A script's event without the time before it: where in `text` that begins. */
const char *written_after_time(const char *text);

/* Where the result is written in the text of a call: behind the '=' that is in no parentheses. */
char *written_result(char *text);

/* True: the script says a number, and (with an error) its name, and it is what came. */
bool written_as_came(const char *written, const struct event *event);

#endif
