/* The parts of the HTML report that never change: page.css and page.js. */
#ifndef TCPCLOSE_REPORT_HTML_PAGE_H
#define TCPCLOSE_REPORT_HTML_PAGE_H

#include <stdio.h>

/* The style sheet and the script of the page, each in its element. */
void html_style(FILE *out);
void html_script(FILE *out);

#endif
