/*
 * The connections of a capture: two endpoints each, and what is known of their FINs. There are at
 * most so many at a time; the one that was silent for longest makes room.
 */
#ifndef TCPCLOSE_CHECK_CONNECTIONS_H
#define TCPCLOSE_CHECK_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/usec.h"
#include "model/model.h"
#include "wire/address.h"
#include "wire/segment.h"

/* Few: there are many connections. */
enum { END_CANDIDATES = 8 };

struct check_endpoint {
	struct ip_address address;
	uint16_t port;
	struct model model;
	struct tcb candidates[END_CANDIDATES];
	bool sends;     /* something of it was captured */
	bool isn_known; /* its SYN was */
	uint32_t isn;   /* sequence numbers are told from here on; without SYN: the first seen */
	bool fin_seen, fin_acked;
	uint32_t fin;       /* its sequence number */
	unsigned fin_count; /* how often it was sent */
	uint64_t fin_frame; /* the first */
	usec_t fin_first, fin_last;
};

struct check_connection {
	struct check_endpoint ends[2];
	usec_t last;
	bool reset;                             /* by one of them */
	struct check_connection *next_in_slot;  /* of the hash table */
	struct check_connection *newer, *older; /* by the last packet */
};

struct connections;

/* NULL: out of memory. */
struct connections *connections_new(const struct model_circumstances *circumstances);

/* NULL is allowed. */
void connections_free(struct connections *connections);

/*
 * The connection of a TCP segment; *from is the index of the end that sent it. A new one begins
 * with this segment. When another had to make room for it, it is handed to *left, to be judged for
 * the last time before the next call; else *left is NULL. NULL: out of memory.
 */
struct check_connection *connections_find(struct connections *connections,
                                          const struct segment *segment, usec_t at, unsigned *from,
                                          struct check_connection **left);

/* All that there are, one after the other: NULL first, NULL after the last. */
struct check_connection *connections_next(const struct connections *connections,
                                          const struct check_connection *after);

/* How many there were in all. */
size_t connections_count(const struct connections *connections);

#endif
