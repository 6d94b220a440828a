/* What a script asserts: the kinds of things that it looks at, from its program. */
#ifndef TCPCLOSE_REPORT_ASSERTS_H
#define TCPCLOSE_REPORT_ASSERTS_H

#include <stddef.h>
#include <stdio.h>

#include "base/source.h"
#include "program/program.h"

enum assert_kind {
	ASSERT_REPLY,   /* a segment of the kernel */
	ASSERT_SILENCE, /* nothing is sent */
	ASSERT_STATE,   /* a state of the connection */
	ASSERT_TIMER,   /* when its timer ends */
	ASSERT_QUEUE,   /* what its queues have */
	ASSERT_COUNTER, /* a counter of the kernel */
	ASSERT_CALL,    /* what a call on a descriptor returns, or its error */
	ASSERT_POLL,    /* poll(), select(), epoll_wait() */
	ASSERT_ERROR,   /* SO_ERROR */
	ASSERT_WAKE,    /* when a call that waits returns */
	ASSERT_SIGNAL,
	ASSERT_PROGRAM, /* what a command finds, or how a program ends */
	ASSERT_EDGE,    /* both sides of an edge: not of one test, see edges.h */
	ASSERT_KINDS
};

/* The kind of that name; ASSERT_KINDS: there is none. */
enum assert_kind assert_find(const char *name, size_t length);

/*
 * A set of 1 << enum assert_kind: what the events of the script itself assert. Those of a recipe
 * only prepare it, and do not count.
 */
unsigned asserts_of(const struct program *program, const struct sources *sources);

/* A set of 1 << enum tcp_state: the states that the script, with its recipes, has looked at. */
unsigned asserts_states(const struct program *program);

/* Prints "reply, state"; nothing for the empty set. */
void asserts_print(FILE *out, unsigned kinds);

#endif
