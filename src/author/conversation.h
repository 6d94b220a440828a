/*
 * The connections of a capture: which there are, and the packets of those that were chosen. The
 * file is read twice, so that it may be of any size. What is kept is limited.
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
	FLOWS_MAX = 65536,  /* further connections are counted, but not kept */
	PACKETS_MAX = 4000, /* packets that are kept: nobody reads longer scripts */
	TOGETHER_MAX = 16,  /* connections in one script */
};

struct endpoint {
	struct ip_address address;
	uint16_t port;
};

/* The end that began, as far as the capture shows, and the other one. */
enum side { SIDE_CLIENT, SIDE_SERVER };

struct flow {
	struct endpoint ends[2];  /* the index is an enum side */
	unsigned long packets[2]; /* how many each end sent */
	unsigned long frame;      /* of the first packet */
	bool handshake;           /* the connection begins with a SYN */
	bool chosen;
	unsigned index; /* its index among the chosen ones */
};

struct traced;

struct heard {
	unsigned long frame;
	usec_t at;     /* microseconds since the first packet that was kept */
	unsigned flow; /* its index among the chosen ones */
	enum side from;
	struct segment segment; /* with the numbers on the wire, and without payload */
};

struct conversation {
	struct arena *arena;
	const char *path;
	struct flow *flows; /* the chosen connections, in the order of the file */
	size_t flow_count;
	struct heard *packets;
	size_t count;
	usec_t began;                /* since 1970: when the first of them was captured */
	const struct traced *traced; /* the calls that were made; NULL: nobody knows them */
	unsigned long found; /* how many connections the file has; flow_count of them were chosen */
	bool cut;            /* there are more packets than PACKETS_MAX */
	size_t copies;       /* packets that were there more than once, and were left out */
	unsigned long snapped; /* of so many packets, the capture has less than the headers */
	/* Says that the file is cut off in the middle, or NULL; the rest is good. */
	const char *damage;
	bool side_given; /* the user said which end is the kernel: */
	enum side side;
	bool sent_by
		/*
		 * Whether a cooked capture says that this end of the first connection captured it.
		 */
		[2];
};

/*
 * Reads the connections of `path` that `wanted` names: a number as in conversation_list(),
 * "ADDRESS:PORT" or a port of one end, "all", or NULL (the only one, or all when they have an end
 * in common). Returns NULL, or a sentence on why there is none. When the reason is that one must be
 * chosen, *several is set.
 */
const char *conversation_read(struct conversation *conversation, struct arena *arena,
                              const char *path, const char *wanted, bool *several);

/* The end of a connection with this address; `otherwise` when both have it, or none. */
enum side flow_side_of(const struct flow *flow, const struct ip_address *address,
                       enum side otherwise);

/*
 * Sets which end is the kernel: "client", "server", or the address of an end. Returns false when
 * there is no such end.
 */
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
