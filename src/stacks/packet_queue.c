#include "stacks/packet_queue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/usec.h"

struct kept_packet {
	struct kept_packet *next;
	long long at;
	size_t size;
	uint8_t bytes[];
};

void packet_queue_init(struct packet_queue *queue)
{
	*queue = (struct packet_queue){ .end = &queue->first };
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->came, NULL);
}

void packet_queue_free(struct packet_queue *queue)
{
	for (struct kept_packet *packet = queue->first, *next; packet; packet = next) {
		next = packet->next;
		free(packet);
	}
	pthread_cond_destroy(&queue->came);
	pthread_mutex_destroy(&queue->lock);
}

bool packet_queue_full(struct packet_queue *queue)
{
	bool full;

	pthread_mutex_lock(&queue->lock);
	full = queue->bytes >= PACKET_QUEUE_MOST;
	pthread_mutex_unlock(&queue->lock);
	return full;
}

bool packet_queue_add(struct packet_queue *queue, const void *bytes, size_t size, long long at)
{
	struct kept_packet *packet =
		packet_queue_full(queue) ? NULL : malloc(sizeof(*packet) + size);

	if (!packet)
		return false;
	packet->next = NULL;
	packet->at = at;
	packet->size = size;
	memcpy(packet->bytes, bytes, size);
	pthread_mutex_lock(&queue->lock);
	*queue->end = packet;
	queue->end = &packet->next;
	queue->bytes += size;
	pthread_cond_signal(&queue->came);
	pthread_mutex_unlock(&queue->lock);
	return true;
}

void packet_queue_end(struct packet_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->ended = true;
	pthread_cond_broadcast(&queue->came);
	pthread_mutex_unlock(&queue->lock);
}

static void wait_for_packet(struct packet_queue *queue, int wait)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until = timespec_of_usec(usec_of_timespec(until) + wait * (usec_t)USEC_PER_MSEC);
	while (!queue->first && !queue->ended &&
	       pthread_cond_timedwait(&queue->came, &queue->lock, &until) == 0)
		;
}

void packet_queue_take(struct packet_queue *queue, void *bytes, size_t *size, long long *at,
                       int wait)
{
	struct kept_packet *packet;

	pthread_mutex_lock(&queue->lock);
	if (wait)
		wait_for_packet(queue, wait);
	packet = queue->first;
	if (packet && !(queue->first = packet->next))
		queue->end = &queue->first;
	if (packet)
		queue->bytes -= packet->size;
	pthread_mutex_unlock(&queue->lock);
	if (packet && packet->size <= *size) {
		memcpy(bytes, packet->bytes, packet->size);
		*size = packet->size;
		*at = packet->at;
	} else {
		*size = 0;
	}
	free(packet);
}
