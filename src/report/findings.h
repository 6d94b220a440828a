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

/*
 * What the i-th mismatch that --non_fatal let pass was, with its line: "x.pkt:12: the kernel's
 * segment is not the one wanted: ack wanted 1, seen 2"; NULL behind the last that is kept.
 */
const char *findings_let_pass(const struct report_test *test, unsigned i, char text[WORDS]);

/*
 * Several packets that were taken together for one line: "2 packets together: P. 1:156(155), FP.
 * 156:625(469)"; NULL when it was one.
 */
const char *findings_parts(const struct report_test *test, char text[WORDS]);

/* Where the verdict points to; false when it has no position. */
bool findings_locate(const struct report_test *test, struct range *range,
                     struct location *location);

#endif
