/*
 * The connections of a capture: which there are, and the packets of those that were chosen. The
 * file is read twice, so that its size does not matter; what is kept is bounded.
 */
#ifndef TCPCLOSE_AUTHOR_CONVERSATION_H
#define TCPCLOSE_AUTHOR_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/usec.h"
#include "wire/segment.h"

enum {
	FLOWS_MAX = 65536,  /* what comes in further connections is counted, and not kept */
	PACKETS_MAX = 4000, /* what is kept: longer scripts nobody reads */
	TOGETHER_MAX = 16,  /* connections of one script */
};

struct endpoint {
	struct ip_address address;
	uint16_t port;
};

/* Who began, as far as the capture shows, and who was asked. */
enum side { SIDE_CLIENT, SIDE_SERVER };

struct flow {
	struct endpoint ends[2];  /* by enum side */
	unsigned long packets[2]; /* sent by each */
	unsigned long frame;      /* of the first */
	bool handshake;           /* it begins with a SYN */
	bool chosen;
	unsigned index; /* among the chosen ones */
};

struct traced;

struct heard {
	unsigned long frame;
	usec_t at;     /* since the first that was kept */
	unsigned flow; /* among the chosen ones */
	enum side from;
	struct segment segment; /* numbers as on the wire; without payload */
};

struct conversation {
	struct arena *arena;
	const char *path;
	struct flow *flows; /* the chosen ones, in the order of the file */
	size_t flow_count;
	struct heard *packets;
	size_t count;
	usec_t began; /* since 1970: when the first of them was captured */
	const struct traced
		*trace;      /* the calls that were made (traced.h); NULL: nobody knows them */
	unsigned long found; /* connections that the file has, of which flow_count were chosen */
	bool cut;            /* there are more packets than PACKETS_MAX */
	bool snapped;        /* there are packets of which less than the headers was kept */
	const char *damage;  /* the file ends in the middle, or NULL; the rest is good */
	bool side_given;     /* it was said which end is the kernel: */
	enum side side;
	bool sent_by[2]; /* a cooked capture says who of the first flow captured it */
};

/*
 * Reads the connections of `path` that `wanted` names: a number as conversation_list() counts them,
 * "ADDRESS:PORT" or a port of one end, "all", or NULL: the only one, or all when they share an end.
 * Returns NULL, or a sentence on why there is none; when it is that one has to be chosen, *several
 * is set.
 */
const char *conversation_read(struct conversation *conversation, struct arena *arena,
                              const char *path, const char *wanted, bool *several);

/* The end of a connection that has an address; `otherwise` when both have, or none. */
enum side flow_side_of(const struct flow *flow, const struct ip_address *address,
                       enum side otherwise);

/* Which end is the kernel: "client", "server", or an address of one end. False: none is. */
bool conversation_choose_side(struct conversation *conversation, const char *wanted);

/*
 * "192.0.2.1:80", "[2001:db8::1]:80", "2001:db8::1:80" or a port alone: what stands behind the last
 * colon is the port. A mapped address becomes the IPv4 address.
 */
bool endpoint_parse(const char *text, struct endpoint *end);
bool endpoint_equal(const struct endpoint *a, const struct endpoint *b);

/* "192.0.2.1:40001", in the arena. */
const char *conversation_end(const struct conversation *conversation, const struct endpoint *end);

/* "192.0.2.1:40001 > 192.168.0.1:8080" of a chosen connection, in the arena. */
const char *conversation_name(const struct conversation *conversation, size_t flow);

/* The connections of the file as lines "3  192.0.2.1:40001 > 192.168.0.1:8080, 7 packets". */
const char *conversation_list(const struct conversation *conversation);

#endif
