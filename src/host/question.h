/*
 * The questions that a world can be asked. Each is a row: the word with which a recording begins
 * the line, how the arguments are written, the kind of answer, and how a world is asked. The
 * recorder passes a question on and writes question and answer down; the replay looks the answer
 * up. Making a call and waiting are not questions in this sense: host_record.c and host_replay.c
 * deal with them.
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

/* A question that is being asked, with the arguments that its row reads. */
struct question {
	enum question_kind kind;
	const struct segment *segment;
	const struct tcp_tuple *tuple;
	const char *text; /* a name or a command */
	unsigned process;
	bool sent;  /* of a packet: by the kernel; else it was injected */
	int number; /* of a signal, of a packet; of the link: is it up? */
	struct answer answer;
	char room[QUESTION_ROOM]; /* bytes for a text in the answer */
};

struct question_row {
	const char *word;
	void (*write)(FILE *out, const struct question *question);
	enum answer_kind answer;
	bool looks;   /* it changes nothing, so it may be asked again */
	bool drained; /* when it is asked again, the answer is 0 until there is something new */
	/* It is for evidence only: when a recording does not have it, the answer is "not known". */
	bool extra;
	bool (*put)(struct host *host, struct question *question);
	const char *number; /* for ANSWER_NUMBER: what it counts, and its range */
	int64_t least, most;
};

const struct question_row *question_row(enum question_kind kind);

/* The row for lines that begin with this word; NULL when the word is not that of a question. */
const struct question_row *question_of_word(const char *word, size_t length);

/* Writes the question as it stands before " = ". */
void question_write(FILE *out, const struct question *question);

/* Writes " = " and the answer. Times are written relative to `start`. */
void answer_write(FILE *out, enum answer_kind kind, const struct answer *answer, usec_t start);

/* Writes " = failed " and the sentence. */
void failed_write(FILE *out, const char *sentence);

#endif
