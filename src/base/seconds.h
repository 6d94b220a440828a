/* Times as scripts write them: in seconds, with no more digits than are needed. */
#ifndef TCPCLOSE_BASE_SECONDS_H
#define TCPCLOSE_BASE_SECONDS_H

#include "base/usec.h"

enum { SECONDS_TEXT = 32 };

/* "0.25", "1.5", "60". The time must not be negative. Returns the length of the text. */
int seconds_print(usec_t time, char text[SECONDS_TEXT]);

/* The same without the zero before a point: ".25", "1.5", "0". */
int seconds_print_short(usec_t time, char text[SECONDS_TEXT]);

#endif
