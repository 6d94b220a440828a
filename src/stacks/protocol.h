/*
 * What a stack in a process of its own says: docs/stack-protocol.txt. A message is a datagram: a
 * line of words, and after its newline bytes, if the message has any.
 */
#ifndef TCPCLOSE_STACKS_PROTOCOL_H
#define TCPCLOSE_STACKS_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/usec.h"
#include "stacks/stack.h"

/* hello is the first request, and an answer to it needs no number. */
enum { HELLO_ID = 1 };

enum { PROTOCOL_VERSION = 1, PROTOCOL_LINE = 512, PROTOCOL_BYTES = 65536 };

enum message_kind {
	MESSAGE_HELLO,  /* number: the version; words: what it offers, and its name */
	MESSAGE_REFUSE, /* words: why */
	MESSAGE_PACKET, /* number: when it was sent; bytes */
	MESSAGE_RETURN, /* id, number, error; words: an address, or events; bytes */
	MESSAGE_STATE,  /* id, state */
	MESSAGE_TIME,   /* id, number */
};

struct message {
	enum message_kind kind;
	unsigned id;    /* of the request that it answers */
	int64_t number; /* a result, or microseconds of the stack's clock */
	int error;      /* an errno value; 0: none */
	struct tcpclose_state state;
	char words[PROTOCOL_LINE]; /* of the line, what has not been read */
	const uint8_t *bytes;      /* points into what was read */
	size_t size;
};

/* False: it is none, and `error` says why. */
bool protocol_read(const uint8_t *datagram, size_t size, struct message *message,
                   char error[FAULT_TEXT]);

/* Takes the next word from the front of words; "" when there is none, which is false. */
bool protocol_word(char **words, char **word);

/* A whole number between the two, and nothing behind it. */
bool protocol_number(const char *word, int64_t least, int64_t most, int64_t *number);

#endif
