/*
 * A walk while it is written: a script that opens a connection and then does what chance wants, one
 * move after another. All that it needs is in this struct, so that a move can be tried on a copy.
 */
#ifndef TCPCLOSE_EXPLORE_WALK_H
#define TCPCLOSE_EXPLORE_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explore/belief.h"
#include "explore/chance.h"

enum { WALK_LINES = 8192, WALK_SENT = 4, WALK_SETS = 4 };

/* What the walks of a script have together. */
struct shared {
	bool listens; /* descriptor 3 does */
	bool watched; /* ... and a set of epoll has it */
	bool has_set; /* there is such a set, of this listener or of one before */
	bool reuses;  /* ... and it has SO_REUSEADDR */
	bool signals; /* a descriptor of some walk has asked for them */
	int others;   /* sockets that were bound beside it, by all walks */
};

struct walk {
	struct chance chance;
	struct belief belief;
	bool patient; /* in virtual time: hours cost nothing */
	usec_t left;  /* how long it may still take */

	unsigned port;       /* of the peer, where it has to be written; 0: it is the current one */
	bool last;           /* of its script */
	int base;            /* its first descriptor; the second is one more */
	uint32_t first;      /* the number of the peer's SYN, as the script has it */
	uint32_t stamp;      /* the peer's clock */
	int descriptor;      /* of the connection; -1: none */
	int second;          /* another one of it; -1: none */
	int sets[WALK_SETS]; /* of epoll, each with `descriptor` alone */
	unsigned set_count;
	bool half_open; /* nobody accepts it */
	bool early;     /* its SYN had text, and was answered (RFC 7413) */
	bool signalled; /* its descriptor has asked for signals */
	struct shared shared;
	int others;                     /* sockets that were bound beside it */
	bool aborts;                    /* SO_LINGER {1, 0} */
	bool urgent;                    /* the peer sent an urgent byte */
	bool apart;                     /* the descriptor was taken off the connection */
	struct segment sent[WALK_SENT]; /* by the peer, the newest last */
	unsigned sent_count;

	char lines[WALK_LINES]; /* of the move that is being made */
	size_t length;
};

/* Adds a line: an event, `wait` after the one before. */
void walk_say(struct walk *walk, usec_t wait, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* How long it is until the next move, as chance wants it. */
usec_t walk_pause(struct walk *walk);

/* The ports of a segment of the kernel, or of the peer, with a blank behind, or "". */
enum { WALK_PORTS = 32 };
const char *walk_ports(const struct walk *walk, bool of_peer, char text[WALK_PORTS]);

/* A segment of the peer, injected after `wait`. */
void walk_inject(struct walk *walk, usec_t wait, const struct segment *segment);

#endif
