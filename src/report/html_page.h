/* The parts of the HTML report that never change: page.css and page.js. */
#ifndef TCPCLOSE_REPORT_HTML_PAGE_H
#define TCPCLOSE_REPORT_HTML_PAGE_H

#include <stdio.h>

/* The page's style sheet and its script, each with its element. */
void html_style(FILE *out);
void html_script(FILE *out);

#endif
