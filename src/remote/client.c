#include "remote/client.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <net/if.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "kernel/far_wire.h"
#include "kernel/host_kernel.h"
#include "remote/carrier.h"
#include "remote/channel.h"
#include "remote/clock_offset.h"
#include "remote/device.h"
#include "remote/frames.h"

/* Of the time of a packet. More could make a verdict wrong, so there is none then. */
enum { DOUBT_MOST = 1000, QUESTIONS = 16 };

/* A packet that came while an answer was awaited. */
struct seen {
	struct seen *next;
	usec_t at;
	size_t size, length;
	uint8_t bytes[];
};

struct remote {
	struct far_wire wire;
	struct channel channel;
	struct clock_offset offset;
	struct mnl_socket *before; /* of the namespace where the named device is */
	unsigned parent;           /* its index there */
	uint8_t own[ETHERNET_ADDRESS], server[ETHERNET_ADDRESS];
	struct seen *first, **end, *current;
	const char *name; /* the server's */
	bool tried;       /* something has come back over the wire */
};

/* ---- messages ---- */

/* What went wrong is the connection's, so it is said whose. */
static bool blame(const struct remote *remote, char *error)
{
	char what[FAULT_TEXT];

	memcpy(what, error, FAULT_TEXT);
	snprintf(error, FAULT_TEXT, "wire server %.60s: %.180s", remote->name, what);
	return false;
}

static bool keep(struct remote *remote, const struct wire_message *message, char *error)
{
	struct seen *seen = malloc(sizeof(*seen) + message->size);

	if (!seen)
		return fault_say(FAULT_BROKEN, error, "%s", strerror(errno)), false;
	*seen = (struct seen){ .at = message->at,
		               .size = message->size,
		               .length = message->length };
	memcpy(seen->bytes, message->bytes, message->size);
	*remote->end = seen;
	remote->end = &seen->next;
	return true;
}

/* A message that is no answer. */
static bool take_other(struct remote *remote, const struct wire_message *message, char *error)
{
	if (message->kind == WIRE_PACKET)
		return keep(remote, message, error);
	if (message->kind == WIRE_REFUSED)
		return fault_say(FAULT_BROKEN, error, "%.*s", (int)message->size,
		                 (const char *)message->bytes),
		       false;
	return fault_say(FAULT_BROKEN, error, "it answers what was not asked"), false;
}

static bool ask(struct remote *remote, const struct wire_message *question,
                enum wire_message_kind kind, struct wire_message *answer, char *error)
{
	bool good = channel_send(&remote->channel, question, error);

	while (good && (good = channel_await(&remote->channel, answer, error))) {
		if (answer->kind == kind)
			return true;
		good = take_other(remote, answer, error);
	}
	return blame(remote, error);
}

/* ---- the wire ---- */

static enum fault remote_device(void *context, unsigned *index, char *error)
{
	struct remote *remote = context;

	return device_make(remote->before, remote->parent, remote->own, index, error);
}

static bool remote_sync(void *context, char *error)
{
	struct remote *remote = context;
	struct wire_message question = { .kind = WIRE_SYNC }, answer;
	usec_t asked = clock_exact();

	if (remote->tried && !carrier_is_there(DEVICE_NAME, "this host's", error))
		return blame(remote, error);
	if (!ask(remote, &question, WIRE_SYNCED, &answer, error))
		return false;
	if (!clock_offset_learn(&remote->offset, asked, answer.at, clock_exact())) {
		fault_say(FAULT_BROKEN, error, "its clock, or ours, was set during the test");
		return blame(remote, error);
	}
	return true;
}

/* The clocks drift; who does not ask for long knows less of them. */
static bool clocks_are_known(struct remote *remote, char *error)
{
	for (unsigned i = 0; i < QUESTIONS; i++)
		if (!remote_sync(remote, error))
			return false;
	if (clock_offset_doubt(&remote->offset) <= DOUBT_MOST)
		return true;
	fault_say(
		FAULT_BROKEN, error,
		"its clock and ours can only be compared within %.1f ms, so no time can be judged",
		(double)clock_offset_doubt(&remote->offset) / USEC_PER_MSEC);
	return blame(remote, error);
}

static bool remote_inject(void *context, const uint8_t *bytes, size_t length, usec_t *at,
                          char *error)
{
	struct remote *remote = context;
	struct wire_message question = { .kind = WIRE_INJECT, .bytes = bytes, .size = length };
	struct wire_message answer;

	if (length > PACKET_MOST)
		return fault_say(FAULT_BROKEN, error, "the packet is too long"), false;
	if (!ask(remote, &question, WIRE_INJECTED, &answer, error))
		return false;
	*at = clock_offset_here(&remote->offset, answer.at);
	return true;
}

static bool hear(struct remote *remote, char *error)
{
	struct wire_message message;

	for (;;) {
		switch (channel_take(&remote->channel, &message, error)) {
		case CHANNEL_NONE:
			return true;
		case CHANNEL_BROKEN:
			return blame(remote, error);
		case CHANNEL_MESSAGE:
			break;
		}
		if (!take_other(remote, &message, error))
			return blame(remote, error);
	}
}

static enum far_result remote_next(void *context, struct far_packet *packet, char *error)
{
	struct remote *remote = context;
	struct seen *seen;

	if (!remote->first && !hear(remote, error))
		return FAR_BROKEN;
	seen = remote->first;
	if (!seen)
		return FAR_NONE;
	remote->first = seen->next;
	if (!remote->first)
		remote->end = &remote->first;
	free(remote->current);
	remote->current = seen;
	*packet = (struct far_packet){ seen->bytes, seen->size, seen->length,
		                       clock_offset_here(&remote->offset, seen->at) };
	return FAR_PACKET;
}

/* ---- a wire that leads elsewhere is no fault of the kernel's ---- */

enum { TRIES = 3, TRY = 500 }; /* milliseconds for the answer */

static void forget(struct remote *remote)
{
	struct seen *next;

	for (struct seen *seen = remote->first; seen; seen = next) {
		next = seen->next;
		free(seen);
	}
	remote->first = NULL;
	remote->end = &remote->first;
}

/* Waits for any packet of our kernel that the server has seen. What was read is not polled. */
static bool comes_back(struct remote *remote, char *error)
{
	struct pollfd file = { .fd = remote->channel.fd, .events = POLLIN };

	if (!hear(remote, error))
		return false;
	return remote->first || (poll(&file, 1, TRY) > 0 && hear(remote, error) && remote->first);
}

/* A datagram to a port where nobody is has an answer: ICMP says so. */
static bool try_wire(struct remote *remote, const struct host_config *config, char *error)
{
	static uint8_t bytes[PACKET_MOST];
	const struct segment probe = { .source = ip_address_unmap(&config->remote),
		                       .destination = ip_address_unmap(&config->local),
		                       .protocol = IPPROTO_UDP,
		                       .udp = { .source = 9, .destination = 9 } };
	size_t length = segment_encode(&probe, bytes);
	bool good = false;
	usec_t at;

	fault_say(
		FAULT_BROKEN, error,
		"it sends, but nothing goes over the wire: do the two devices lead to each other, "
		"and are they up?");
	for (unsigned i = 0; !good && i < TRIES; i++) {
		char broken[FAULT_TEXT] = "";

		if (!remote_inject(remote, bytes, length, &at, error))
			return false;
		good = comes_back(remote, broken);
		if (*broken)
			return memcpy(error, broken, FAULT_TEXT), false;
	}
	forget(remote);
	return good || blame(remote, error);
}

static enum fault remote_ready(void *context, const struct host_config *config, unsigned index,
                               char *error)
{
	struct remote *remote = context;
	enum fault failure = device_ready(config, index, remote->server, error);

	/* Not again in the middle of a test, when the link comes up. */
	if (failure != FAULT_NONE || remote->tried)
		return failure;
	remote->tried = true;
	return try_wire(remote, config, error) ? FAULT_NONE : FAULT_BROKEN;
}

/* ---- opening ---- */

static bool connect_in_time(int fd, const struct addrinfo *found)
{
	struct pollfd file = { .fd = fd, .events = POLLOUT };
	socklen_t size = sizeof(errno);
	int failed = 0;

	if (connect(fd, found->ai_addr, found->ai_addrlen) == 0)
		return true;
	if (errno != EINPROGRESS)
		return false;
	if (poll(&file, 1, CHANNEL_PATIENCE) == 0) {
		errno = ETIMEDOUT;
		return false;
	}
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size);
	errno = failed;
	return !failed;
}

static int connect_to(const struct wire_client *client, char *error)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV }, *list;
	char port[8];
	int fd = -1, failed;

	snprintf(port, sizeof(port), "%u", client->port);
	failed = getaddrinfo(client->server, port, &hints, &list);
	if (failed)
		return fault_say(FAULT_BROKEN, error, "%s", gai_strerror(failed)), -1;
	for (const struct addrinfo *found = list; fd < 0 && found; found = found->ai_next) {
		fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		if (fd >= 0 && !connect_in_time(fd, found)) {
			fault_say(FAULT_BROKEN, error, "no connection to port %u: %s", client->port,
			          strerror(errno));
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

/* An end of the connection instead of an answer means that the server did not like ours. */
static bool start(struct remote *remote, const struct host_config *config, char *error)
{
	struct wire_message question = { .kind = WIRE_START }, answer;
	struct wire_start *addresses = &question.start;

	memcpy(addresses->ethernet, remote->own, ETHERNET_ADDRESS);
	addresses->local = config->local;
	addresses->remote = config->remote;
	addresses->local_prefix = config->local_prefix;
	addresses->remote_prefix = config->remote_prefix;
	if (ask(remote, &question, WIRE_READY, &answer, error)) {
		memcpy(remote->server, answer.ethernet, ETHERNET_ADDRESS);
		return true;
	}
	if (strstr(error, "has closed"))
		snprintf(error, FAULT_TEXT,
		         "wire server %.60s: it refuses this client; its key file is probably "
		         "another one",
		         remote->name);
	return false;
}

static bool greet(struct remote *remote, const struct wire_key *key, char *error)
{
	if (channel_greet(&remote->channel, remote->channel.fd, false, key, error))
		return true;
	if (strstr(error, "does not greet"))
		fault_say(FAULT_BROKEN, error,
		          "it does not greet: perhaps it serves another client, which it does one "
		          "at a time");
	return blame(remote, error);
}

static bool remote_connect(struct remote *remote, const struct wire_client *client,
                           const struct host_config *config, char *error)
{
	static struct wire_key key;
	int fd;

	if (!wire_key_read(client->key_file, &key, error))
		return false;
	remote->parent = if_nametoindex(client->device);
	if (!remote->parent)
		return fault_say(FAULT_BROKEN, error, "there is no device %s", client->device),
		       false;
	remote->before = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!remote->before)
		return fault_say(FAULT_BROKEN, error, "netlink: %s", strerror(errno)), false;
	fd = connect_to(client, error);
	if (fd < 0)
		return blame(remote, error);
	remote->wire.descriptor = remote->channel.fd = fd;
	return greet(remote, &key, error) && start(remote, config, error) &&
	       clocks_are_known(remote, error);
}

static void remote_close(struct remote *remote)
{
	if (remote->channel.fd >= 0)
		close(remote->channel.fd);
	if (remote->before)
		mnl_socket_close(remote->before);
	forget(remote);
	free(remote->current);
	remote->current = NULL;
}

/* ---- the world: the kernel's, with another end ---- */

/* A child plays one test, so there is one. */
static struct remote the_remote;
static void (*close_kernel)(struct host *host);

static void close_both(struct host *host)
{
	close_kernel(host);
	remote_close(&the_remote);
}

struct host *host_remote_open(const struct wire_client *client, const struct host_config *config,
                              enum fault *failure, char error[FAULT_TEXT])
{
	struct remote *remote = &the_remote;
	struct host_config with = *config;
	struct host *host = NULL;

	*remote = (struct remote){ .wire = { .context = remote,
		                             .device = remote_device,
		                             .ready = remote_ready,
		                             .inject = remote_inject,
		                             .next = remote_next,
		                             .sync = remote_sync },
		                   .name = client->server };
	remote->channel.fd = -1;
	remote->end = &remote->first;
	ethernet_make_up(remote->own);
	*failure = FAULT_BROKEN;
	with.far = &remote->wire;
	if (remote_connect(remote, client, config, error))
		host = host_kernel_open(&with, failure, error);
	if (!host) {
		remote_close(remote);
		return NULL;
	}
	close_kernel = host->close;
	host->close = close_both;
	return host;
}
