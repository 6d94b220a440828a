#include "run/queue.h"

void queue_init(struct queue *queue, struct arena *arena)
{
	*queue = (struct queue){ .arena = arena };
	queue->end = &queue->first;
}

struct queued *queue_add(struct queue *queue, const struct queued *packet)
{
	struct queued *queued = queue->free;

	if (queued)
		queue->free = queued->next;
	else
		queued = arena_alloc(queue->arena, sizeof(*queued));
	*queued = *packet;
	queued->next = NULL;
	*queue->end = queued;
	queue->end = &queued->next;
	return queued;
}

void queue_remove(struct queue *queue, struct queued *packet)
{
	struct queued **link = &queue->first;

	while (*link != packet)
		link = &(*link)->next;
	*link = packet->next;
	if (!*link)
		queue->end = link;
	packet->next = queue->free;
	queue->free = packet;
}
