/* What the parts of the lint share. Only lint*.c include this. */
#ifndef TCPCLOSE_PROGRAM_LINTING_H
#define TCPCLOSE_PROGRAM_LINTING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"
#include "program/syscalls.h"

enum { LINT_DESCRIPTORS = 1024, LINT_SPANS = 64 };

/*
 * Bytes that were injected (SYN and FIN count), so that they are recognized when they are sent
 * again.
 */
struct lint_span {
	uint32_t begin, end;
};

/*
 * The numbers of one side, as far as they are known. `next` is the first one that it has not sent
 * yet; `top` is beyond everything that it has sent, with or without holes.
 */
struct lint_side {
	bool known, fin;
	uint32_t next, top;
};

/* A connection of the script. */
struct lint_flow {
	bool has_ports;
	uint16_t local_port, remote_port;
	struct lint_side peer, kernel;
	struct lint_span sent[LINT_SPANS]; /* the last ones that the peer sent */
	unsigned sent_count;
	bool again; /* its numbers may have begun again */
	bool begun_by_peer, answered, ready,
		accepted; /* how far its handshake is, and whether it was accepted */
	bool reset;       /* by either side */
	uint64_t unread;
	struct lint_flow *next;
};

struct lint_descriptor {
	bool stream, listening, nonblocking, timeout, fast_open, shut;
	int64_t linger;         /* seconds of SO_LINGER; 0: close() does not wait */
	struct lint_flow *flow; /* NULL: no known connection */
};

struct linting {
	const struct program *program;
	const struct sources *sources;
	struct arena *arena;
	struct diag *diag;
	struct lint_flow *flows, **next_flow,
		*current; /* `flows`: the oldest first; `current`: that of a line without ports */
	bool vague;       /* it is not sure which connection a line without ports means */
	bool foreign;     /* somebody else may connect or close: programs, commands, code */
	struct lint_descriptor descriptors[LINT_DESCRIPTORS];
	unsigned listener; /* how often listen() was called */
	int64_t backlog;   /* the largest of them */
	bool waits;        /* a call waits, and its result is looked at later */
	bool any_time; /* a segment was waited for at any time, and no absolute time came since */
};

/* Adds a warning, and returns true. When the step's line says that it is meant, returns false. */
bool lint_warn(struct linting *l, const struct step *step, struct range where, const char *format,
               ...) __attribute__((format(printf, 4, 5)));

/* ---- lint_flow.c ---- */

/* Follows what a segment says about its connection. */
void lint_segment(struct linting *l, const struct step *step);

/* ---- lint_call.c ---- */

void lint_call(struct linting *l, const struct step *step);

/* Tells whether the call closes, or shuts down, a connection that neither side has ended. */
bool lint_closes(struct linting *l, const struct step *step);

#endif
