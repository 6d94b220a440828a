#include "remote/server.h"

#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "remote/carrier.h"
#include "remote/channel.h"
#include "remote/frames.h"
#include "remote/limits.h"

/* ---- one client ---- */

struct guest {
	struct channel channel;
	struct frames frames;
	struct wire_start start;
};

static bool refuse(struct guest *guest, const char *why, char *error)
{
	char ignored[FAULT_TEXT];
	struct wire_message message = { .kind = WIRE_REFUSED, .bytes = (const uint8_t *)why };

	message.size = strlen(why) < REFUSAL_MOST ? strlen(why) : REFUSAL_MOST;
	if (why != error)
		fault_say(FAULT_BROKEN, error, "%s", why);
	channel_send(&guest->channel, &message, ignored);
	return false;
}

static bool tell_time(struct guest *guest, enum wire_message_kind kind, usec_t at, char *error)
{
	return channel_send(&guest->channel, &(struct wire_message){ .kind = kind, .at = at },
	                    error);
}

static bool tell_packets(struct guest *guest, char *error)
{
	struct wire_message packet;

	for (;;) {
		switch (frames_next(&guest->frames, &packet, error)) {
		case FRAMES_NONE:
			return true;
		case FRAMES_BROKEN:
			return refuse(guest, error, error);
		case FRAMES_PACKET:
			break;
		}
		if (limits_may_tell(&guest->start, packet.bytes, packet.size) &&
		    !channel_send(&guest->channel, &packet, error))
			return false;
	}
}

static bool answer_inject(struct guest *guest, const struct wire_message *message, char *error)
{
	usec_t at;

	if (!limits_may_send(&guest->start, message->bytes, message->size))
		return refuse(guest, "a packet is not from a remote to a local address of the test",
		              error);
	if (!frames_send(&guest->frames, message->bytes, message->size, &at, error))
		return refuse(guest, error, error);
	return tell_time(guest, WIRE_INJECTED, at, error);
}

static usec_t real_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return usec_of_timespec(now);
}

/* Who asks is about to say that a packet did not come. */
static bool look_at_cable(struct guest *guest, char *error)
{
	char name[IF_NAMESIZE];

	if (!if_indextoname(guest->frames.device, name) ||
	    carrier_is_there(name, "the server's", error))
		return true;
	return refuse(guest, error, error);
}

static bool answer(struct guest *guest, const struct wire_message *message, char *error)
{
	if (message->kind == WIRE_INJECT)
		return answer_inject(guest, message, error);
	if (message->kind == WIRE_SYNC)
		return tell_packets(guest, error) && look_at_cable(guest, error) &&
		       tell_time(guest, WIRE_SYNCED, real_time(), error);
	return refuse(guest, "this message is not for a wire server", error);
}

/* Until the client goes, which is no error. False: see `error`. */
static bool attend(struct guest *guest, char *error)
{
	struct pollfd files[] = { { .fd = guest->channel.fd, .events = POLLIN },
		                  { .fd = guest->frames.fd, .events = POLLIN } };
	struct wire_message message;

	for (;;) {
		enum channel_result result = channel_take(&guest->channel, &message, error);

		if (result == CHANNEL_BROKEN)
			return false;
		if (result == CHANNEL_MESSAGE && !answer(guest, &message, error))
			return false;
		if (!tell_packets(guest, error))
			return false;
		if (result == CHANNEL_NONE && poll(files, 2, -1) < 0 && errno != EINTR)
			return refuse(guest, strerror(errno), error);
	}
}

static bool receive_start(struct guest *guest, unsigned device, char *error)
{
	struct wire_message message, ready = { .kind = WIRE_READY };

	if (!channel_await(&guest->channel, &message, error))
		return false;
	if (message.kind != WIRE_START)
		return refuse(guest, "the first message must be the test's addresses", error);
	guest->start = message.start;
	if (!frames_open(&guest->frames, device, message.start.ethernet, error))
		return refuse(guest, error, error);
	memcpy(ready.ethernet, guest->frames.own, ETHERNET_ADDRESS);
	return channel_send(&guest->channel, &ready, error);
}

/* A host that has gone is noticed within seconds, although it says nothing. */
static void notice_death(int fd)
{
	enum { IDLE = 3, EVERY = 1, TRIES = 3, UNANSWERED = 6000 };
	static const int options[][2] = {
		{ TCP_KEEPIDLE, IDLE },
		{ TCP_KEEPINTVL, EVERY },
		{ TCP_KEEPCNT, TRIES },
		{ TCP_USER_TIMEOUT, UNANSWERED },
	};
	int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		setsockopt(fd, IPPROTO_TCP, options[i][0], &options[i][1], sizeof(int));
}

static void serve(int fd, unsigned device, const struct wire_key *key, const char *who, FILE *out)
{
	static struct guest guest; /* it is large */
	char error[FAULT_TEXT];

	guest.frames.fd = -1;
	notice_death(fd);
	if (!channel_greet(&guest.channel, fd, true, key, error) ||
	    !receive_start(&guest, device, error)) {
		fprintf(out, "%s: refused: %s\n", who, error);
	} else {
		fprintf(out, "%s: a test begins\n", who);
		fflush(out);
		attend(&guest, error);
		fprintf(out, "%s: the test is over: %s\n", who, error);
	}
	fflush(out);
	frames_close(&guest.frames);
	close(fd);
}

/* ---- all of them ---- */

static int listen_on(const struct addrinfo *found)
{
	int on = 1, off = 0, fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* Of all addresses those of IPv4, too. */
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	if (bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	close(fd);
	return -1;
}

static int open_listener(const struct wire_server *server, char *error)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		                  .ai_flags = AI_PASSIVE | AI_NUMERICSERV },
			*found = NULL;
	char port[8];
	int failed, fd = -1;

	snprintf(port, sizeof(port), "%u", server->port);
	failed = getaddrinfo(server->address ? server->address : "::", port, &hints, &found);
	if (failed && !server->address)
		failed = getaddrinfo("0.0.0.0", port, &hints, &found);
	if (!failed)
		fd = listen_on(found);
	/* A host without IPv6. */
	if (fd < 0 && !server->address && !failed && errno == EAFNOSUPPORT) {
		freeaddrinfo(found);
		found = NULL;
		failed = getaddrinfo("0.0.0.0", port, &hints, &found);
		fd = failed ? -1 : listen_on(found);
	}
	if (fd < 0)
		fault_say(FAULT_BROKEN, error, "port %u%s%s cannot be listened on: %s",
		          server->port, server->address ? " of " : "",
		          server->address ? server->address : "",
		          failed ? gai_strerror(failed) : strerror(errno));
	if (found)
		freeaddrinfo(found);
	return fd;
}

static void accept_all(int listener, unsigned device, const struct wire_key *key, FILE *out)
{
	for (;;) {
		struct sockaddr_storage from;
		socklen_t length = sizeof(from);
		char who[NI_MAXHOST] = "?";
		int fd = accept4(listener, (struct sockaddr *)&from, &length,
		                 SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd < 0) {
			/*
			 * What ends one connection, or lacks for a moment, is not the end of all.
			 */
			poll(NULL, 0, 100);
			continue;
		}
		getnameinfo((struct sockaddr *)&from, length, who, sizeof(who), NULL, 0,
		            NI_NUMERICHOST);
		serve(fd, device, key, who, out);
	}
}

void wire_server_run(const struct wire_server *server, FILE *out, FILE *errors)
{
	static struct wire_key key;
	char error[FAULT_TEXT];
	unsigned device;
	int listener;

	if (wire_key_read(server->key_file, &key, error) &&
	    frames_device(server->device, &device, error)) {
		listener = open_listener(server, error);
		if (listener >= 0) {
			fprintf(out, "wire server: device %s, port %u\n", server->device,
			        server->port);
			fflush(out);
			accept_all(listener, device, &key, out);
		}
	}
	fprintf(errors, "wire server: %s\n", error);
}
