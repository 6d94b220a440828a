/*
 * What a stack in a process of its own says: docs/stack-protocol.txt. A message is a datagram: a
 * line of words, and after the newline bytes, if the message has any.
 */
#ifndef TCPCLOSE_STACKS_PROTOCOL_H
#define TCPCLOSE_STACKS_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/usec.h"
#include "stacks/stack.h"

/* hello is the first request; the answer to it has no number, and counts as that of request 1. */
enum { HELLO_ID = 1 };

enum { PROTOCOL_VERSION = 1, PROTOCOL_LINE = 512, PROTOCOL_BYTES = 65536 };

enum message_kind {
	MESSAGE_HELLO,  /* number: the version; words: what the stack offers, and its name */
	MESSAGE_REFUSE, /* words: the reason */
	MESSAGE_PACKET, /* number: when it was sent; bytes */
	MESSAGE_RETURN, /* id, number, error; words: an address, or events; bytes */
	MESSAGE_STATE,  /* id, state */
	MESSAGE_TIME,   /* id, number */
};

struct message {
	enum message_kind kind;
	unsigned id;    /* the number of the request that it answers */
	int64_t number; /* a result, or microseconds of the stack's clock */
	int error;      /* an errno value; 0: there is none */
	struct tcpclose_state state;
	char words[PROTOCOL_LINE]; /* the part of the line that has not been read */
	const uint8_t *bytes;      /* points into what was read */
	size_t size;
};

/* Reads a message. Returns false when it is not one; then `error` says why. */
bool protocol_read(const uint8_t *datagram, size_t size, struct message *message,
                   char error[FAULT_TEXT]);

/*
 * Takes the next word from the front of *words. When there is none, *word is "" and the result is
 * false.
 */
bool protocol_word(char **words, char **word);

/* Reads a whole number from `least` to `most`, behind which nothing may stand. */
bool protocol_number(const char *word, int64_t least, int64_t most, int64_t *number);

#endif
