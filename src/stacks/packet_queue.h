/* Packets that one thread brings and another takes, in their order. */
#ifndef TCPCLOSE_STACKS_PACKET_QUEUE_H
#define TCPCLOSE_STACKS_PACKET_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct kept_packet;

struct packet_queue {
	pthread_mutex_t lock;
	pthread_cond_t came;
	struct kept_packet *first, **end;
	size_t bytes; /* of all that are kept */
	bool ended;   /* no more will come */
};

void packet_queue_init(struct packet_queue *queue);
void packet_queue_free(struct packet_queue *queue);

/* Packets are kept up to this. A stack may send without end while a call of the script blocks. */
enum { PACKET_QUEUE_MOST = 16 << 20 };

/* Copies the packet, which was sent `at`. false: there is no room for it, or no memory. */
bool packet_queue_add(struct packet_queue *queue, const void *bytes, size_t size, long long at);

bool packet_queue_full(struct packet_queue *queue);

/* Nobody is to wait any more. */
void packet_queue_end(struct packet_queue *queue);

/*
 * *size is the room, and then the packet's length: 0 when there is none, or none that fits, also
 * after `wait` milliseconds.
 */
void packet_queue_take(struct packet_queue *queue, void *bytes, size_t *size, long long *at,
                       int wait);

#endif
