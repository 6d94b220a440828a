/*
 * A second look. A test that failed because something did not come, or because a RST came, is
 * played once more. This time the kernel is asked why it dropped packets and sent the RST
 * (kernel/reasons.h). Listening costs up to a tenth of a second, so nobody listens as long as all
 * is well. The evidence stays that of the first look. Only the kernel's reasons are taken from the
 * second, if it ended in the same way.
 */
#ifndef TCPCLOSE_SUITE_SECOND_LOOK_H
#define TCPCLOSE_SUITE_SECOND_LOOK_H

#include "suite/test.h"

/* Returns true when the test shall be played again. Its result so far is put aside until then. */
bool second_look_wanted(struct test *test, const struct suite_options *options);

/* It was played again, or will not be. test->first is as it was before, with the reasons. */
void second_look_over(struct test *test);

#endif
