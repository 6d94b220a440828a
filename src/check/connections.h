/*
 * The connections of a capture. Each has two endpoints, and what is known of their FINs. Only a
 * limited number is kept at the same time: to make room, the one is removed that was silent for
 * longest.
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
	uint32_t fin;       /* the sequence number of the FIN */
	unsigned fin_count; /* how often the FIN was sent */
	uint64_t fin_frame; /* the frame of the first one */
	usec_t fin_first, fin_last;
};

struct check_connection {
	struct check_endpoint ends[2];
	usec_t last;
	bool reset;                             /* one of the ends has reset it */
	struct check_connection *next_in_slot;  /* in a list of the hash table */
	struct check_connection *newer, *older; /* in the order of their last packets */
};

struct connections;

/* Returns NULL when there is no memory. */
struct connections *connections_new(const struct model_circumstances *circumstances);

/* NULL is allowed. */
void connections_free(struct connections *connections);

/*
 * Finds the connection of a TCP segment; a new one begins with this segment. *from becomes the
 * index of the end that sent the segment. When another connection was removed to make room, *left
 * points to it until the next call, so that it can be judged for the last time; otherwise *left is
 * NULL. Returns NULL when there is no memory.
 */
struct check_connection *connections_find(struct connections *connections,
                                          const struct segment *segment, usec_t at, unsigned *from,
                                          struct check_connection **left);

/*
 * Goes through all connections: give it NULL to get the first one; it returns NULL after the last
 * one.
 */
struct check_connection *connections_next(const struct connections *connections,
                                          const struct check_connection *after);

/* How many connections there were in all. */
size_t connections_count(const struct connections *connections);

#endif
