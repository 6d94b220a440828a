#include "check/connections.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum {
	CONNECTIONS_MAX = 8192, /* at the same time; they take about 80 megabytes */
	SLOTS = 16384,
};

struct connections {
	const struct model_circumstances *circumstances;
	struct check_connection *slots[SLOTS];
	struct check_connection *newest, *oldest;
	/* It was removed to make room, and is used for the next one. */
	struct check_connection *left;
	size_t kept, all;
};

struct connections *connections_new(const struct model_circumstances *circumstances)
{
	struct connections *connections = calloc(1, sizeof(*connections));

	if (connections)
		connections->circumstances = circumstances;
	return connections;
}

void connections_free(struct connections *connections)
{
	struct check_connection *next;

	if (!connections)
		return;
	for (struct check_connection *c = connections->newest; c; c = next) {
		next = c->older;
		free(c);
	}
	free(connections->left);
	free(connections);
}

size_t connections_count(const struct connections *connections)
{
	return connections->all;
}

struct check_connection *connections_next(const struct connections *connections,
                                          const struct check_connection *after)
{
	return after ? after->newer : connections->oldest;
}

/* ---- which one ---- */

static uint32_t end_hash(const struct ip_address *address, uint16_t port)
{
	uint32_t hash = hash_add(HASH_BEGIN, address->bytes, sizeof(address->bytes));

	return hash_add(hash, &port, sizeof(port));
}

/* The hash is the same for both directions. */
static struct check_connection **slot_of(struct connections *connections,
                                         const struct segment *segment)
{
	uint32_t hash = end_hash(&segment->source, segment->tcp.source) +
	                end_hash(&segment->destination, segment->tcp.destination);

	return &connections->slots[(hash ^ hash >> 16) % SLOTS];
}

static bool is_end(const struct check_endpoint *end, const struct ip_address *address,
                   uint16_t port)
{
	return end->port == port && ip_address_equal(&end->address, address);
}

static bool is_between(const struct check_connection *c, const struct segment *segment,
                       unsigned from)
{
	return is_end(&c->ends[from], &segment->source, segment->tcp.source) &&
	       is_end(&c->ends[!from], &segment->destination, segment->tcp.destination);
}

/* ---- their order ---- */

static void unlink_age(struct connections *connections, struct check_connection *c)
{
	*(c->newer ? &c->newer->older : &connections->newest) = c->older;
	*(c->older ? &c->older->newer : &connections->oldest) = c->newer;
}

static void link_newest(struct connections *connections, struct check_connection *c)
{
	c->newer = NULL;
	c->older = connections->newest;
	*(connections->newest ? &connections->newest->newer : &connections->oldest) = c;
	connections->newest = c;
}

static void unlink_slot(struct connections *connections, struct check_connection *c)
{
	struct segment key = { .source = c->ends[0].address, .destination = c->ends[1].address };

	key.tcp.source = c->ends[0].port;
	key.tcp.destination = c->ends[1].port;
	for (struct check_connection **at = slot_of(connections, &key); *at;
	     at = &(*at)->next_in_slot) {
		if (*at == c) {
			*at = c->next_in_slot;
			return;
		}
	}
}

/* ---- a new one ---- */

static void begin_end(struct check_endpoint *end, const struct ip_address *address, uint16_t port)
{
	end->address = *address;
	end->port = port;
}

static struct check_connection *take_room(struct connections *connections,
                                          struct check_connection **left)
{
	struct check_connection *c;

	if (connections->kept < CONNECTIONS_MAX)
		return calloc(1, sizeof(*c));
	c = connections->left; /* the one that was removed last time */
	connections->left = connections->oldest;
	*left = connections->left;
	unlink_age(connections, *left);
	unlink_slot(connections, *left);
	connections->kept--;
	if (!c)
		return calloc(1, sizeof(*c));
	memset(c, 0, sizeof(*c));
	return c;
}

static struct check_connection *begin(struct connections *connections,
                                      const struct segment *segment, usec_t at,
                                      struct check_connection **left)
{
	struct check_connection *c = take_room(connections, left);
	struct check_connection **slot = slot_of(connections, segment);
	unsigned syn = segment->tcp.flags & (TCP_SYN | TCP_ACK);

	if (!c)
		return NULL;
	begin_end(&c->ends[0], &segment->source, segment->tcp.source);
	begin_end(&c->ends[1], &segment->destination, segment->tcp.destination);
	model_init(&c->ends[0].model, c->ends[0].candidates, END_CANDIDATES,
	           connections->circumstances, at, !(syn & TCP_SYN));
	model_init(&c->ends[1].model, c->ends[1].candidates, END_CANDIDATES,
	           connections->circumstances, at, syn != TCP_SYN);
	c->next_in_slot = *slot;
	*slot = c;
	link_newest(connections, c);
	connections->kept++;
	connections->all++;
	return c;
}

struct check_connection *connections_find(struct connections *connections,
                                          const struct segment *segment, usec_t at, unsigned *from,
                                          struct check_connection **left)
{
	struct check_connection *c = *slot_of(connections, segment);

	*left = NULL;
	for (; c; c = c->next_in_slot)
		for (*from = 0; *from < 2; ++*from)
			if (is_between(c, segment, *from)) {
				unlink_age(connections, c);
				link_newest(connections, c);
				c->last = at;
				return c;
			}
	*from = 0;
	c = begin(connections, segment, at, left);
	if (c)
		c->last = at;
	return c;
}
