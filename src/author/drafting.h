/*
 * A draft while it is being written: what the files that write it share (draft.c and those below),
 * and the lines that they add.
 */
#ifndef TCPCLOSE_AUTHOR_DRAFTING_H
#define TCPCLOSE_AUTHOR_DRAFTING_H

#include <stdio.h>

#include "author/conversation.h"
#include "author/facts.h"
#include "author/guess.h"
#include "author/names.h"

struct draft_line {
	uint32_t begin;  /* its offset in the text */
	unsigned packet; /* the packet that it stands for, or that made it necessary */
};

struct draft {
	const char *text;         /* ends with a newline */
	struct draft_line *lines; /* the lines of its events */
	size_t line_count;
	struct answer *asked; /* all questions that came up, with the answers that were used */
	size_t asked_count;
	bool impossible;        /* the guess contradicts the capture */
	struct endpoint kernel; /* the end of the first connection that is the kernel */
	const char *left_out;   /* calls of a trace that are not in the text: "poll(), dup()" */
};

/* A connection, as far as it is written. */
struct view {
	struct facts facts;
	enum side kernel; /* the end that is the kernel */
	struct names names;
	struct line_form form;
	int fd;         /* of the script; 0: it has none (yet) */
	bool spoken[2]; /* by enum party: its SYN was seen, or made up */
	bool finished;  /* the script has called close or shutdown */
	bool closed;    /* the script has called close */
	bool anew;      /* the peer has sent a new SYN, and the kernel has not answered yet */
	bool probing;   /* something was written that was never sent */
	bool over;      /* one of the ends has sent RST */
	bool completed; /* the handshake is over */
	bool answered;  /* the peer has acknowledged the kernel's SYN */
	bool waiting;   /* the listener has it, and has not accepted it */
	bool peer_finished;
	uint32_t began;        /* the number of the kernel's SYN */
	uint32_t sent;         /* behind the kernel's numbers that were on the wire */
	uint32_t acknowledged; /* and behind those of them that the peer has acknowledged */
	uint32_t written;      /* behind the kernel's data that calls have written */
	uint32_t peer_end;     /* behind the peer's data that was injected */
	uint32_t taken;        /* behind the peer's data that the kernel has acknowledged */
	uint32_t in_order;     /* behind what of the peer's data a call can read */
	uint32_t unread;       /* bytes of that which no call has read */
	uint32_t urgent;       /* bytes of that which are urgent, so that read() leaves them out */
	uint32_t open_end; /* behind the stream whose segments are left open; 0: there is none */
	size_t stream_end; /* behind the stream whose segments are not left open; 0: none yet */
};

struct retrace;

struct drafting {
	const struct conversation *talk;
	const struct guess *guess;
	struct arena *arena;
	struct draft *draft;
	FILE *out;
	size_t line_room, asked_room;
	usec_t clock;  /* time in the capture at the event that was written last */
	size_t packet; /* the current packet: the one that is gone through */
	int listener, last_fd;
	bool full;               /* the listener accepts nothing, so that its queue is full */
	struct retrace *retrace; /* where the calls are those of a trace (retrace.h); or NULL */
	struct view views[TOGETHER_MAX];
};

/*
 * Returns the answer that the guess gives. Question and answer are noted in the draft, so that
 * other answers can be tried.
 */
unsigned drafting_ask(struct drafting *d, enum question question, size_t packet, unsigned answers);

/* Adds something that the script does itself, at the time of the current packet. */
void drafting_action(struct drafting *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * A call that was made `at` a time since the first packet, and let go on at another; 0: it did not
 * wait.
 */
void drafting_call(struct drafting *d, usec_t at, usec_t until, const char *text);

void drafting_comment(struct drafting *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Add the current packet, as one of the kernel or as one of its peer. */
void drafting_wanted(struct drafting *d, struct view *view);
void drafting_injected(struct drafting *d, struct view *view);

/* The same at the time of the event before it, whenever the packet came in the capture. */
void drafting_went_on(struct drafting *d, struct view *view);
void drafting_answered(struct drafting *d, struct view *view);

/* The comment behind a line that is only assumed; "" when it is not. */
const char *drafting_remark(bool assumed);

#endif
