/* Plays a list of tests in guests: kernels that run as processes, each with a part of the list. */
#ifndef TCPCLOSE_SUITE_GUESTS_H
#define TCPCLOSE_SUITE_GUESTS_H

#include "guest/kernel.h"
#include "suite/machine.h"
#include "suite/plan.h"
#include "suite/play.h"

struct guests;

/*
 * Boots each test's kernel, and waits until the first guest of each tells what it is, which is
 * added to the facts. NULL, with `error` set, when one does not come up.
 */
struct guests *guests_open(const struct suite_options *options, struct test *const *tests,
                           size_t count, struct facts *facts, char error[GUEST_ERROR_TEXT]);

/*
 * As play_all(), with the tests that the guests were opened for; each is told with its last word.
 */
void guests_play(struct guests *guests, struct play *play);

/* Ends what still runs, and leaves no file behind. */
void guests_close(struct guests *guests);

#endif
