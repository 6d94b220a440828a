/*
 * Packets of the kernel's that no line has claimed yet, in the order in which they came. The fields
 * of the queue are changed by these functions only.
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
	struct connection *connection; /* NULL: a stranger's */
	bool far;                      /* a real peer sent it */
	usec_t at;                     /* script time */
	usec_t last;                   /* of several for one line: when the last of them came */
	size_t parts[PARTS_MAX];       /* events of these; the packet's own is not among them */
	unsigned part_count;           /* all there were */
	const char *bad;               /* the bytes are no good segment, and why; or NULL */
	size_t event;                  /* its number in the trace, unless it is bad */
	struct queued *next;
};

struct queue {
	struct arena *arena;
	struct queued *first, **end, *free;
};

void queue_init(struct queue *queue, struct arena *arena);

/* Adds a packet at the end; its `next` is set here. */
struct queued *queue_add(struct queue *queue, const struct queued *packet);

/* Takes one out, whose memory is used for a later one. */
void queue_remove(struct queue *queue, struct queued *packet);

#endif
