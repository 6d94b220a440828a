/*
 * Which rules were taken in which state: one bit for each state of each row of the tables of
 * arrivals, calls and time. What they are is listed by transition_list.h.
 */
#ifndef TCPCLOSE_MODEL_TRANSITIONS_H
#define TCPCLOSE_MODEL_TRANSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/tcp_state.h"

enum transition_kind {
	TRANSITION_ARRIVAL, /* arrival_rules[] */
	TRANSITION_CALL,    /* call_effects[] */
	TRANSITION_TIME,    /* time_rules[] */
	TRANSITION_KINDS
};

/* Rows of a table that have bits; tests/unit/test_model.c sees that it is enough. */
enum { TRANSITION_ROWS = 128, TRANSITIONS = TRANSITION_KINDS * TRANSITION_ROWS * STATE_COUNT };

struct transitions {
	uint8_t bits[TRANSITIONS / 8];
};

/* The number of the transition in which row `row` of a table is taken in `state`. */
static inline size_t transition_number(enum transition_kind kind, size_t row, unsigned state)
{
	return ((size_t)kind * TRANSITION_ROWS + row) * STATE_COUNT + state;
}

static inline void transition_set(struct transitions *taken, size_t number)
{
	taken->bits[number / 8] |= (uint8_t)(1u << number % 8);
}

/* `taken` may be NULL: nobody wants to know. */
static inline void transition_note(struct transitions *taken, enum transition_kind kind, size_t row,
                                   unsigned state)
{
	if (taken)
		transition_set(taken, transition_number(kind, row, state));
}

static inline bool transition_was_taken(const struct transitions *taken, size_t number)
{
	return taken->bits[number / 8] & 1u << number % 8;
}

#endif
