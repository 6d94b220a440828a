/*
 * The kernel's packets that no line has claimed yet, in the order in which they came. Only these
 * functions change the queue.
 */
#ifndef TCPCLOSE_RUN_QUEUE_H
#define TCPCLOSE_RUN_QUEUE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/usec.h"
#include "run/connection.h"
#include "verdict/evidence.h"

struct queued {
	struct live_segment live;
	struct connection *connection; /* NULL: that of no line */
	bool far;                      /* a real peer sent it */
	usec_t at;                     /* script time */
	usec_t last; /* when several packets are one line's: when the last of them came */
	size_t parts[PARTS_MAX]; /* the events of those packets, without the first packet */
	unsigned part_count;     /* of all of them */
	const char *bad;         /* says why the bytes are not a segment; or NULL */
	size_t event;            /* its number in the trace, unless it is bad */
	struct queued *next;
};

struct queue {
	struct arena *arena;
	struct queued *first, **end, *free;
};

void queue_init(struct queue *queue, struct arena *arena);

/* Adds a packet at the end, and sets its `next`. */
struct queued *queue_add(struct queue *queue, const struct queued *packet);

/* Takes a packet out. Its memory is used for a later one. */
void queue_remove(struct queue *queue, struct queued *packet);

#endif
