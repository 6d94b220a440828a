/*
 * What a world can be asked, a row each: the word that a recording begins the line with, how the
 * arguments are written, what kind of answer it has, and how it is put to a world. Who records
 * passes a question on and writes both down; who replays looks the answer up. To make calls and to
 * wait are no questions of this kind: host_record.c and host_replay.c have them.
 */
#ifndef TCPCLOSE_HOST_QUESTION_H
#define TCPCLOSE_HOST_QUESTION_H

#include <stdio.h>

#include "host/host.h"

enum question_kind {
	QUESTION_INJECT,
	QUESTION_LINK,
	QUESTION_FORK,
	QUESTION_SPAWN,
	QUESTION_KILL,
	QUESTION_ENDED,
	QUESTION_COMMAND,
	QUESTION_OBSERVE,
	QUESTION_COUNTER,
	QUESTION_MOVED,
	QUESTION_FATE,
	QUESTION_SIGNALS,
	QUESTION_SYSCTL,
	QUESTION_KINDS
};

enum answer_kind {
	ANSWER_MOMENT, /* .at */
	ANSWER_NUMBER, /* .value */
	ANSWER_TEXT,   /* .text */
	ANSWER_STATUS, /* .status */
};

struct answer {
	usec_t at;
	int64_t value;
	const char *text;
	struct tcp_status status;
};

enum { QUESTION_ROOM = 4096 };

/* A question on its way, with as many arguments as its row reads. */
struct question {
	enum question_kind kind;
	const struct segment *segment;
	const struct tcp_tuple *tuple;
	const char *text; /* a name, a command */
	unsigned process;
	bool sent;  /* of a packet: by the kernel; else it was injected */
	int number; /* of a signal, of a packet; of the link: is it up? */
	struct answer answer;
	char room[QUESTION_ROOM]; /* for a text in the answer */
};

struct question_row {
	const char *word;
	void (*write)(FILE *out, const struct question *question);
	enum answer_kind answer;
	bool looks;   /* it changes nothing, so that it may be asked again */
	bool drained; /* asked again it finds 0, until there is more */
	bool extra;   /* evidence only: where a recording does not have it, it is not known */
	bool (*put)(struct host *host, struct question *question);
	const char *number; /* ANSWER_NUMBER: what it is, and from where to where it may go */
	int64_t least, most;
};

const struct question_row *question_row(enum question_kind kind);

/* The row of lines that begin with this word; NULL: it is no question. */
const struct question_row *question_of_word(const char *word, size_t length);

/* The question as it stands left of " = ". */
void question_write(FILE *out, const struct question *question);

/* " = " and the answer; times are from `start`. */
void answer_write(FILE *out, enum answer_kind kind, const struct answer *answer, usec_t start);

/* " = failed " and the sentence. */
void failed_write(FILE *out, const char *sentence);

#endif
