/* All formats. A new format is a file that defines report_NAME, and its row in formats.c. */
#ifndef TCPCLOSE_REPORT_FORMATS_H
#define TCPCLOSE_REPORT_FORMATS_H

#include "report/report.h"

/* The first one is the default. */
extern const struct report_format *const report_formats[];
extern const size_t report_format_count;

const struct report_format *report_format_find(const char *name);

/* Finds the format by the ending of a file's name; NULL when no format has it. */
const struct report_format *report_format_of_file(const char *path);

#endif
