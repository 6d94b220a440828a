/*
 * What a capture does not say, as questions: each has several answers, the likeliest of which is
 * number 0. A guess is a set of answers that are not the likeliest.
 */
#ifndef TCPCLOSE_AUTHOR_GUESS_H
#define TCPCLOSE_AUTHOR_GUESS_H

#include <stdbool.h>
#include <stddef.h>

enum question {
	/* of all: asked of packet 0 */
	ASK_SIDE,        /* which end is the kernel */
	ASK_CONGESTION,  /* reno, or what the machine has */
	ASK_SYN_NUMBERS, /* are mss and wscale of the kernel's SYN compared */
	ASK_SYSCTL,      /* is that of a row changed; the row stands in the place of the packet */
	/* of a connection: asked of its first packet */
	ASK_LISTENER, /* is there one */
	ASK_NODELAY,
	ASK_BUFFER, /* a small receive buffer */
	ASK_LEAVE,  /* is the listener closed when it has accepted */
	/* of a packet of the kernel's */
	ASK_RESET, /* what made the kernel send RST */
	ASK_FIN,   /* close or shutdown */
	ASK_WRITE, /* how much one call wrote */
	ASK_EARLY, /* was it written, or closed, before the kernel could send it */
	ASK_READ,  /* is what was acknowledged read, and when */
	ASK_TIME,  /* how exact */
	QUESTIONS
};

struct answer {
	enum question question;
	unsigned packet;
	unsigned given;   /* below `answers` */
	unsigned answers; /* that there are */
};

enum { GUESS_MAX = 24 };

struct guess {
	struct answer other[GUESS_MAX];
	size_t count;
};

/* The answer that a guess gives to a question. */
unsigned guess_answer(const struct guess *guess, enum question question, unsigned packet);

/* Gives another; false when there are GUESS_MAX already. */
bool guess_change(struct guess *guess, const struct answer *answer);

/* Is the question about all, or a whole connection? */
bool question_is_general(enum question question);

#endif
