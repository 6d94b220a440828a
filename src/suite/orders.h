/*
 * Which tests a guest is to play: each a line that its host writes and the guest makes a test of.
 */
#ifndef TCPCLOSE_SUITE_ORDERS_H
#define TCPCLOSE_SUITE_ORDERS_H

#include "suite/plan.h"

/* The line of a test. */
const char *orders_line(struct arena *arena, const struct test *test);

struct orders {
	struct arena *arena;
	const char *const *next;  /* lines, ended by NULL */
	struct script_file *file; /* of the last one; NULL: there was none */
};

/* Those of this guest; none when there are no orders. */
void orders_read(struct orders *orders);

/*
 * Makes the next tests the plan: in virtual time those of one script, because what a guest holds in
 * memory is copied for each test; in real time all. False when there are no more.
 */
bool orders_next(struct orders *orders, struct plan *plan, const struct suite_options *options);

#endif
