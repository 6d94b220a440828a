/* What a report says of a test, decided once for all formats. */
#ifndef TCPCLOSE_REPORT_FINDINGS_H
#define TCPCLOSE_REPORT_FINDINGS_H

#include <stdbool.h>

#include "base/source.h"
#include "report/report.h"
#include "report/words.h"

/*
 * What stands in the place of the verdict's reason in one line: it, or the known bug's, or a
 * retry's.
 */
const char *findings_remark(const struct report_test *test, char text[WORDS]);

/* Where the verdict points to; false when it has no position. */
bool findings_locate(const struct report_test *test, struct range *range,
                     struct location *location);

#endif
