/*
 * What a capture does not say becomes a question. Each question has several answers; the most
 * likely one has the number 0. A guess is a list of the other answers that it gives.
 */
#ifndef TCPCLOSE_AUTHOR_GUESS_H
#define TCPCLOSE_AUTHOR_GUESS_H

#include <stdbool.h>
#include <stddef.h>

enum question {
	/* about everything: asked for packet 0 */
	ASK_SIDE,        /* which end is the kernel */
	ASK_CONGESTION,  /* the congestion control: reno, or what the machine has */
	ASK_BACKLOG,     /* whether the listener's queue is full */
	ASK_SYN_NUMBERS, /* whether mss and wscale of the kernel's SYN are compared */
	/* Whether the sysctl of a row is changed; the row takes the place of the packet. */
	ASK_SYSCTL,
	/* about a connection: asked for its first packet */
	ASK_LISTENER, /* whether there is a listener */
	ASK_NODELAY,
	ASK_BUFFER, /* whether there is a small receive buffer */
	ASK_LEAVE,  /* whether the listener is closed after it has accepted */
	/* about a packet of the kernel */
	ASK_RESET,  /* what made the kernel send RST */
	ASK_FIN,    /* close or shutdown */
	ASK_WRITE,  /* how much one call wrote */
	ASK_STREAM, /* whether it is left open how a stream is cut into segments */
	ASK_EARLY,  /* whether it was written, or closed, before the kernel could send it */
	ASK_READ,   /* whether what was acknowledged is read, and when */
	ASK_TIME,   /* how exact the time is */
	QUESTIONS
};

struct answer {
	enum question question;
	unsigned packet;
	unsigned given;   /* less than `answers` */
	unsigned answers; /* how many answers there are */
};

enum { GUESS_MAX = 24 };

struct guess {
	struct answer other[GUESS_MAX];
	size_t count;
};

/* The answer that a guess gives to a question. */
unsigned guess_answer(const struct guess *guess, enum question question, unsigned packet);

/* Adds another answer. Returns false when there are GUESS_MAX already. */
bool guess_change(struct guess *guess, const struct answer *answer);

/* Tells whether the question is about everything, or about a whole connection. */
bool question_is_general(enum question question);

#endif
