/* The totals of a run, in a line. */
#ifndef TCPCLOSE_REPORT_TOTALS_H
#define TCPCLOSE_REPORT_TOTALS_H

#include <stdio.h>

#include "report/report.h"

/* "38 passed (2 flaky), 1 failed, 2 skipped, 1 xfailed in 1.2 s" */
void totals_print(FILE *out, const struct report_totals *totals);

#endif
