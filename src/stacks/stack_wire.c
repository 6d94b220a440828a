#include "stacks/stack_wire.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/usec.h"
#include "stacks/packet_queue.h"

enum {
	NOTHING_PAUSE = 200, /* microseconds, before a stack that had no packet is asked again */
	END_PAUSE = 1000,    /* microseconds between two tests whether the thread has ended */
	END_PATIENCE = 200,  /* how many of these tests there are */
	CAPTURED_MAX = SEGMENT_BYTES_MAX,
};

struct stack_wire {
	const struct packetdrill_interface *stack;
	int wake_fd;
	bool driven; /* there is no thread: who asks for a packet has it fetched */
	pthread_t thread;
	struct packet_queue packets;
	uint8_t shown[CAPTURED_MAX]; /* what the last packet that was handed out points to */
	atomic_bool ending, ended;
};

static void pause_for(usec_t time)
{
	const struct timespec pause = { 0, time * NSEC_PER_USEC };

	nanosleep(&pause, NULL);
}

static long long real_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (long long)now.tv_sec * USEC_PER_SEC + now.tv_nsec / NSEC_PER_USEC;
}

static void keep(struct stack_wire *wire, const uint8_t *bytes, size_t length, long long at)
{
	const uint64_t one = 1;

	packet_queue_add(&wire->packets, bytes, length, at > 0 ? at : real_time());
	while (write(wire->wake_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

/* One packet; false: there is none, or no room for it yet. */
static bool fetch(struct stack_wire *wire)
{
	static uint8_t bytes[CAPTURED_MAX];
	size_t count = sizeof(bytes);
	long long at = 0;

	if (packet_queue_full(&wire->packets) ||
	    wire->stack->netdev_receive(wire->stack->userdata, bytes, &count, &at) != 0 ||
	    count == 0 || count > sizeof(bytes))
		return false;
	keep(wire, bytes, count, at);
	return true;
}

static void *receive(void *argument)
{
	struct stack_wire *wire = argument;

	while (!atomic_load(&wire->ending))
		if (!fetch(wire))
			pause_for(NOTHING_PAUSE);
	atomic_store(&wire->ended, true);
	return NULL;
}

struct stack_wire *stack_wire_open(const struct packetdrill_interface *stack, int wake_fd,
                                   bool driven)
{
	struct stack_wire *wire = calloc(1, sizeof(*wire));
	int failed;

	if (!wire)
		return NULL;
	wire->stack = stack;
	wire->wake_fd = wake_fd;
	packet_queue_init(&wire->packets);
	wire->driven = driven;
	if (driven) {
		atomic_store(&wire->ended, true);
		return wire;
	}
	failed = pthread_create(&wire->thread, NULL, receive, wire);
	if (!failed)
		return wire;
	packet_queue_free(&wire->packets);
	free(wire);
	errno = failed;
	return NULL;
}

bool stack_wire_next(struct stack_wire *wire, struct host_packet *packet)
{
	size_t length = sizeof(wire->shown);
	long long at = 0;

	while (wire->driven && fetch(wire))
		;
	packet_queue_take(&wire->packets, wire->shown, &length, &at, 0);
	if (!length)
		return false;
	*packet = (struct host_packet){
		.at = at,
		.bytes = wire->shown,
		.captured = length,
		.length = length,
	};
	packet->bad = segment_decode(wire->shown, length, length, CHECKSUM_EXACT, &packet->segment);
	return true;
}

bool stack_wire_close(struct stack_wire *wire)
{
	atomic_store(&wire->ending, true);
	for (int i = 0; i < END_PATIENCE && !atomic_load(&wire->ended); i++)
		pause_for(END_PAUSE);
	if (!atomic_load(&wire->ended))
		return false;
	if (!wire->driven)
		pthread_join(wire->thread, NULL);
	packet_queue_free(&wire->packets);
	free(wire);
	return true;
}
