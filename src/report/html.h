/* What the parts of the HTML page share. */
#ifndef TCPCLOSE_REPORT_HTML_H
#define TCPCLOSE_REPORT_HTML_H

#include <stddef.h>
#include <stdio.h>

#include "report/report.h"

/*
 * Text that ends at its NUL or after `size` bytes, for an element or an attribute in double quotes.
 * Bytes that are not UTF-8 and control characters become U+FFFD.
 */
void html_text(FILE *out, const char *text, size_t size);

/* The same, of the first `most` characters; "…" stands for those left out. */
void html_cut(FILE *out, const char *text, size_t size, size_t most);

/*
 * The test's events as an SVG picture: the peer that the script plays on the left, the kernel on
 * the right, calls and observations beside it. Prints nothing when there is nothing to see.
 */
void html_ladder(FILE *out, const struct report_test *test);

/* The page's style sheet and its script, each with its element. */
void html_style(FILE *out);
void html_script(FILE *out);

#endif
