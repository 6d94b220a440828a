#include "remote/channel.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "wire/bytes.h"

/* "tcpclose", the version, a random number */
enum { MAGIC = 8, GREETING = MAGIC + 2 + NONCE_BYTES };

static const uint8_t magic[MAGIC] = { 't', 'c', 'p', 'c', 'l', 'o', 's', 'e' };

static bool broken(char *error, const char *what)
{
	fault_say(FAULT_BROKEN, error, "%s", what);
	return false;
}

/* ---- bytes ---- */

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* Waits until something can be done with the connection, or `until` is there. */
static bool ready(const struct channel *channel, short events, long until)
{
	struct pollfd file = { .fd = channel->fd, .events = events };
	long left = until - milliseconds();

	return left > 0 && (poll(&file, 1, (int)left) >= 0 || errno == EINTR);
}

static bool write_all(const struct channel *channel, const uint8_t *bytes, size_t length,
                      char *error)
{
	long until = milliseconds() + CHANNEL_PATIENCE;

	while (length > 0) {
		ssize_t sent = send(channel->fd, bytes, length, MSG_NOSIGNAL);

		if (sent >= 0) {
			bytes += sent;
			length -= (size_t)sent;
		} else if (errno != EAGAIN && errno != EINTR) {
			return broken(error, "the control connection is broken");
		} else if (!ready(channel, POLLOUT, until)) {
			return broken(error, "the other side does not read what is sent to it");
		}
	}
	return true;
}

/* Reads what is there, up to `want` bytes in all. False: the connection has ended. */
static bool read_some(struct channel *channel, size_t want, char *error)
{
	ssize_t got;

	do
		got = recv(channel->fd, channel->in + SEALED_HEAD + channel->have,
		           want - channel->have, 0);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		channel->have += (size_t)got;
	if (got == 0)
		return broken(error, "the other side has closed the control connection");
	return got > 0 || errno == EAGAIN || broken(error, "the control connection is broken");
}

/* ---- greeting ---- */

static void make_key(struct channel *channel, const struct wire_key *key, const uint8_t *own,
                     const uint8_t *theirs)
{
	uint8_t text[MAGIC + 2 * NONCE_BYTES];

	memcpy(text, magic, MAGIC);
	memcpy(text + MAGIC, channel->server ? theirs : own, NONCE_BYTES);
	memcpy(text + MAGIC + NONCE_BYTES, channel->server ? own : theirs, NONCE_BYTES);
	seal_make(key->bytes, key->length, text, sizeof(text), channel->key);
}

static bool read_greeting(struct channel *channel, char *error)
{
	long until = milliseconds() + CHANNEL_PATIENCE;
	const uint8_t *greeting = channel->in + SEALED_HEAD;

	while (channel->have < GREETING) {
		if (!ready(channel, POLLIN, until))
			return broken(error, "the other side does not greet");
		if (!read_some(channel, GREETING, error))
			return false;
		if (memcmp(greeting, magic, channel->have < MAGIC ? channel->have : MAGIC))
			return broken(error, "the other side does not speak tcpclose's protocol");
	}
	if (get16(greeting + MAGIC) == CHANNEL_VERSION)
		return true;
	fault_say(FAULT_BROKEN, error,
	          "the other side speaks version %u of the protocol, and this one %u: install the "
	          "same tcpclose on both hosts",
	          get16(greeting + MAGIC), (unsigned)CHANNEL_VERSION);
	return false;
}

bool channel_greet(struct channel *channel, int fd, bool server, const struct wire_key *key,
                   char error[FAULT_TEXT])
{
	uint8_t own[GREETING];
	int on = 1;

	*channel = (struct channel){ .fd = fd, .server = server };
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	memcpy(own, magic, MAGIC);
	put16(own + MAGIC, CHANNEL_VERSION);
	if (getrandom(own + MAGIC + 2, NONCE_BYTES, 0) != NONCE_BYTES)
		return broken(error, "there is no random number");
	if (!write_all(channel, own, sizeof(own), error) || !read_greeting(channel, error))
		return false;
	make_key(channel, key, own + MAGIC + 2, channel->in + SEALED_HEAD + MAGIC + 2);
	channel->have = 0;
	return true;
}

/* ---- messages ---- */

/* Seals `length` bytes of a frame that begins at SEALED_HEAD. */
static void seal(const struct channel *channel, uint8_t *sealed, bool by_server, uint64_t number,
                 size_t length, uint8_t made[SEAL_BYTES])
{
	sealed[0] = by_server;
	put32(sealed + 1, (uint32_t)(number >> 32));
	put32(sealed + 5, (uint32_t)number);
	seal_make(channel->key, SEAL_BYTES, sealed, SEALED_HEAD + length, made);
}

bool channel_send(struct channel *channel, const struct wire_message *message,
                  char error[FAULT_TEXT])
{
	uint8_t *frame = channel->out + SEALED_HEAD;
	size_t body = wire_message_write(message, frame + FRAME_HEAD);

	put32(frame, (uint32_t)body);
	frame[4] = (uint8_t)message->kind;
	seal(channel, channel->out, channel->server, channel->sent++, FRAME_HEAD + body,
	     frame + FRAME_HEAD + body);
	return write_all(channel, frame, FRAME_HEAD + body + SEAL_BYTES, error);
}

/* Takes the frame that is there. */
static bool open_frame(struct channel *channel, size_t body, struct wire_message *message,
                       char *error)
{
	uint8_t *frame = channel->in + SEALED_HEAD;
	uint8_t made[SEAL_BYTES];

	seal(channel, channel->in, !channel->server, channel->received++, FRAME_HEAD + body, made);
	channel->used = FRAME_HEAD + body + SEAL_BYTES;
	if (!seal_equal(made, frame + FRAME_HEAD + body))
		return broken(error, "the other side has another key");
	return wire_message_read(frame[4], frame + FRAME_HEAD, body, message, error);
}

enum channel_result channel_take(struct channel *channel, struct wire_message *message,
                                 char error[FAULT_TEXT])
{
	uint8_t *frame = channel->in + SEALED_HEAD;

	channel->have -= channel->used;
	memmove(frame, frame + channel->used, channel->have);
	channel->used = 0;
	for (;;) {
		size_t body = channel->have >= FRAME_HEAD ? get32(frame) : 0;
		size_t before = channel->have;

		/* Whoever has no key is not believed that so much will come. */
		if (body > BODY_MOST) {
			broken(error, "the other side sent a message that is too long");
			return CHANNEL_BROKEN;
		}
		if (channel->have >= FRAME_HEAD + body + SEAL_BYTES)
			return open_frame(channel, body, message, error) ? CHANNEL_MESSAGE
			                                                 : CHANNEL_BROKEN;
		if (!read_some(channel, FRAME_MOST, error))
			return CHANNEL_BROKEN;
		if (channel->have == before)
			return CHANNEL_NONE;
	}
}

bool channel_await(struct channel *channel, struct wire_message *message, char error[FAULT_TEXT])
{
	long until = milliseconds() + CHANNEL_PATIENCE;

	for (;;) {
		switch (channel_take(channel, message, error)) {
		case CHANNEL_MESSAGE:
			return true;
		case CHANNEL_BROKEN:
			return false;
		case CHANNEL_NONE:
			break;
		}
		if (!ready(channel, POLLIN, until))
			return broken(error, "the other side does not answer");
	}
}
