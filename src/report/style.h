/* Colours and characters, as far as the reader's terminal can show them. */
#ifndef TCPCLOSE_REPORT_STYLE_H
#define TCPCLOSE_REPORT_STYLE_H

#include <stdbool.h>
#include <stdio.h>

#include "verdict/verdict.h"

/* What the reader's terminal can show. */
struct style {
	bool colour;  /* it is a terminal, and NO_COLOR is not set */
	bool unicode; /* the locale uses UTF-8 */
};

struct style style_of(FILE *out);

enum style_colour { COLOUR_BAD, COLOUR_GOOD, COLOUR_ODD, COLOUR_FAINT, COLOUR_STRONG };

/* What begins and ends coloured text; "" without colours. */
const char *style_begin(struct style style, enum style_colour colour);
const char *style_end(struct style style);
enum style_colour style_of_verdict(enum verdict_kind kind);

#endif
