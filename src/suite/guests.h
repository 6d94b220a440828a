/*
 * Plays a list of tests in guests: kernels that run as processes. Each guest plays a part of the
 * list.
 */
#ifndef TCPCLOSE_SUITE_GUESTS_H
#define TCPCLOSE_SUITE_GUESTS_H

#include "guest/kernel.h"
#include "suite/machine.h"
#include "suite/plan.h"
#include "suite/play.h"

struct guests;

/*
 * Boots the kernels of the tests, and waits until the first guest of each has told its facts, which
 * are added to `facts`. Returns NULL and sets `error` when a kernel does not boot.
 */
struct guests *guests_open(const struct suite_options *options, struct test *const *tests,
                           size_t count, struct facts *facts, char error[GUEST_ERROR_TEXT]);

/*
 * Like play_all(), for the tests for which the guests were opened. Each test is reported with its
 * final verdict.
 */
void guests_play(struct guests *guests, struct play *play);

/* Ends what is still running, and leaves no file behind. */
void guests_close(struct guests *guests);

#endif
