/*
 * A second look. A test that failed because something did not come, or a RST did, is played once
 * more, and now the kernel is asked why it dropped what it dropped, and sent that RST
 * (kernel/reasons.h). To listen costs up to a tenth of a second, so nobody listens while all is
 * well. What the first look saw stays the evidence: of the second only the kernel's reasons are
 * taken, when it ended in the same way.
 */
#ifndef TCPCLOSE_SUITE_SECOND_LOOK_H
#define TCPCLOSE_SUITE_SECOND_LOOK_H

#include "suite/test.h"

/* True: it is to be played again. What came of it so far is put aside until then. */
bool second_look_wanted(struct test *test, const struct suite_options *options);

/* It was played, or will not be any more: test->first is as it was, and has the reasons. */
void second_look_over(struct test *test);

#endif
