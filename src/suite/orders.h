/*
 * The tests that a guest shall play. Each is a line, which the host writes, and of which the guest
 * makes a test. A script that is in no file goes into the guest's folder, too.
 */
#ifndef TCPCLOSE_SUITE_ORDERS_H
#define TCPCLOSE_SUITE_ORDERS_H

#include "suite/plan.h"

/* The line for a test. */
const char *orders_line(struct arena *arena, const struct test *test);

/* Writes the script of a test into the guest's folder where no file has it. False with errno. */
bool orders_write_text(struct arena *arena, const char *folder, const struct test *test);

struct orders {
	struct arena *arena;
	const char *const *next;  /* lines; NULL follows the last */
	struct script_file *file; /* that of the last line; NULL: there was none */
};

/* Reads those of this guest; there may be none. */
void orders_read(struct orders *orders);

/*
 * Makes a plan of the next tests. In virtual time these are the tests of one script, because the
 * memory of the guest is copied for each test; in real time they are all tests. Returns false when
 * there are no more.
 */
bool orders_next(struct orders *orders, struct plan *plan, const struct suite_options *options);

#endif
