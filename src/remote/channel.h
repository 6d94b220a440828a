/*
 * The control connection: a TCP connection on which both sides first greet each other, and then
 * send messages, each with a seal. A seal covers who sends, the number of the message and the
 * message, with a key of this connection that is made of the key file and of a random number from
 * each side. So nothing can be changed, left out, repeated or sent back.
 */
#ifndef TCPCLOSE_REMOTE_CHANNEL_H
#define TCPCLOSE_REMOTE_CHANNEL_H

#include "remote/wire_message.h"
#include "remote/seal.h"

enum {
	CHANNEL_VERSION = 1,
	CHANNEL_PATIENCE = 5000, /* milliseconds that the other side may need for an answer */
	FRAME_HEAD = 5,          /* the length of the body, and the kind */
	FRAME_MOST = FRAME_HEAD + BODY_MOST + SEAL_BYTES,
	SEALED_HEAD = 9, /* what is sealed, but not sent: the sender, and the number */
};

struct channel {
	int fd;
	bool server;
	uint8_t key[SEAL_BYTES];
	uint64_t sent, received;
	/* What has come: a frame from SEALED_HEAD on, and what follows it. */
	uint8_t in[SEALED_HEAD + FRAME_MOST], out[SEALED_HEAD + FRAME_MOST];
	size_t have, used; /* bytes in `in` behind SEALED_HEAD; those of the frame taken last */
};

enum channel_result { CHANNEL_NONE, CHANNEL_MESSAGE, CHANNEL_BROKEN };

/*
 * Greets, and makes the key of the connection. `fd` must not block. Returns false, with `error`,
 * when the other side is none of ours or of another version, or says nothing.
 */
bool channel_greet(struct channel *channel, int fd, bool server, const struct wire_key *key,
                   char error[FAULT_TEXT]);

/* Sends a message. It waits when the other side does not read, but not for ever. */
bool channel_send(struct channel *channel, const struct wire_message *message,
                  char error[FAULT_TEXT]);

/* Takes the next message that has come. Its bytes are valid until the next call. */
enum channel_result channel_take(struct channel *channel, struct wire_message *message,
                                 char error[FAULT_TEXT]);

/* The same, but waits up to CHANNEL_PATIENCE; then the connection is broken. */
bool channel_await(struct channel *channel, struct wire_message *message, char error[FAULT_TEXT]);

#endif
