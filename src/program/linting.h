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

/* Bytes that were injected, with SYN and FIN, to know them when they come again. */
struct lint_span {
	uint32_t begin, end;
};

/*
 * One side's numbers, as far as they are known: the first one that it has not sent yet, and what is
 * beyond all that it sent, holes or not.
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
	struct lint_span sent[LINT_SPANS]; /* by the peer, the last ones */
	unsigned sent_count;
	bool again;                                    /* its numbers begin anew, perhaps */
	bool begun_by_peer, answered, ready, accepted; /* its handshake, and accept() */
	bool reset;                                    /* by either side */
	uint64_t unread;
	struct lint_flow *next;
};

struct lint_descriptor {
	bool stream, listening, nonblocking, timeout, fast_open, shut;
	int64_t linger;         /* seconds of SO_LINGER; 0: close() does not wait */
	struct lint_flow *flow; /* NULL: no connection that is known */
};

struct linting {
	const struct program *program;
	const struct sources *sources;
	struct arena *arena;
	struct diag *diag;
	struct lint_flow *flows, **next_flow,
		*current; /* the oldest first; of a line without ports */
	bool vague;       /* which connection a line without ports means is not sure */
	bool foreign;     /* somebody else may connect, or close: programs, commands, code */
	struct lint_descriptor descriptors[LINT_DESCRIPTORS];
	unsigned listener; /* listen() was called so often */
	int64_t backlog;   /* the greatest of them */
	bool waits;        /* a call does, and what it returns is looked at later */
	bool any_time; /* a segment was waited for at any time, and no absolute time came since */
};

/* Adds a warning, unless the step's line says that it is meant; then false. */
bool lint_warn(struct linting *l, const struct step *step, struct range where, const char *format,
               ...) __attribute__((format(printf, 4, 5)));

/* ---- lint_flow.c ---- */

/* What a segment says of its connection. */
void lint_segment(struct linting *l, const struct step *step);

/* ---- lint_call.c ---- */

void lint_call(struct linting *l, const struct step *step);

/* Is it the close, or the shutdown, of a connection that neither side has ended? */
bool lint_closes(struct linting *l, const struct step *step);

#endif
