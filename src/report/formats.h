/* The formats, for the table in report.c; each lives in the file of its name. */
#ifndef TCPCLOSE_REPORT_FORMATS_H
#define TCPCLOSE_REPORT_FORMATS_H

#include "report/report.h"

extern const struct report_format report_text, report_tap, report_junit, report_json, report_html;

#endif
