/*
 * What the tests of one id show, beside what its document asks for: the states in which they look
 * at a connection, and the kinds of things that they assert.
 */
#ifndef TCPCLOSE_REPORT_SHOWN_H
#define TCPCLOSE_REPORT_SHOWN_H

#include <stdio.h>

#include "report/report.h"
#include "script/covers.h"

enum { SHOWN_STATES = 32 };

/* Zeroed, it is that of an id without tests, of which nothing is asked. */
struct shown {
	unsigned kinds, asked; /* sets of 1 << enum assert_kind */
	unsigned wanted;       /* a set of states, by their index (covers_state_at()) */
	unsigned tests[SHOWN_STATES];
	unsigned blind; /* a set of states that a test names and never looks at */
};

/* How much of what was asked for is there, of all ids together. */
struct shown_sum {
	size_t states, of_states, kinds, of_kinds;
};

/*
 * What a document asks for: "EST,FW1" (or NULL), and "reply, state" (or NULL). Returns the first
 * word that it does not know, or NULL.
 */
const char *shown_ask(struct shown *shown, const char *states, const char *kinds);

/*
 * Adds a test that covers the id in this state (NULL: in none that it names). A state counts only
 * when the test looks at it. Returns what the test asserts.
 */
unsigned shown_add(struct shown *shown, const struct report_test *test,
                   const struct covers_state *state);

/* Prints the states with their tests, and what is missing; nothing when none is named or asked. */
void shown_print(FILE *out, const struct shown *shown);

void shown_count(const struct shown *shown, struct shown_sum *sum);

#endif
