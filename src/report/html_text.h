/* Text in the HTML report. */
#ifndef TCPCLOSE_REPORT_HTML_TEXT_H
#define TCPCLOSE_REPORT_HTML_TEXT_H

#include <stddef.h>
#include <stdio.h>

/*
 * Prints text that ends at NUL or after `size` bytes, for an element, or for an attribute in double
 * quotes. Bytes that are not UTF-8, and control characters, become U+FFFD.
 */
void html_text(FILE *out, const char *text, size_t size);

/* The same for the first `most` characters. "…" stands for those that are left out. */
void html_cut(FILE *out, const char *text, size_t size, size_t most);

#endif
