#include "kernel/cable.h"

#include <errno.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/fault.h"
#include "kernel/clock.h"

enum { PACKET_MOST = 65536 + sizeof(struct virtio_net_hdr) };

/* A packet under way, with the device's own header before it. */
struct parcel {
	struct parcel *next;
	usec_t due;
	size_t length;
	uint8_t bytes[];
};

struct direction {
	const struct tun *from, *to;
	int loses; /* the next so many, or CABLE_ALL */
	usec_t delay;
	struct parcel *first, **end; /* under way */
};

struct cable {
	pthread_mutex_t mutex; /* of the directions */
	struct direction directions[CABLE_ENDS];
	pthread_t thread;
	bool started;
	int stop_fd; /* written to when the thread is to end */
	uint8_t bytes[PACKET_MOST];
};

/* ---- carrying; the mutex is held ---- */

/* What a kernel says for itself, to all neighbours: see capture_filter. */
static bool is_chatter(const uint8_t *packet, size_t length)
{
	enum { IPV4_PROTOCOL = 9, IPV6_NEXT = 6, IPV6_PAYLOAD = 40, ICMPV6_CHATTER = 130 };

	if (length < sizeof(uint32_t) * 5)
		return true;
	if (packet[0] >> 4 == 4)
		return packet[IPV4_PROTOCOL] == IPPROTO_IGMP;
	return packet[IPV6_NEXT] == IPPROTO_HOPOPTS ||
	       (packet[IPV6_NEXT] == IPPROTO_ICMPV6 && length > IPV6_PAYLOAD &&
	        packet[IPV6_PAYLOAD] >= ICMPV6_CHATTER);
}

/* A device that is down takes nothing: the packet is lost, as on a cable that nobody holds. */
static void deliver(const struct direction *direction, const uint8_t *bytes, size_t length)
{
	while (write(direction->to->fd, bytes, length) < 0 && errno == EINTR)
		;
}

static void send_later(struct direction *direction, const uint8_t *bytes, size_t length)
{
	struct parcel *parcel = malloc(sizeof(*parcel) + length);

	if (!parcel)
		return;
	*parcel = (struct parcel){ .due = clock_exact() + direction->delay, .length = length };
	memcpy(parcel->bytes, bytes, length);
	*direction->end = parcel;
	direction->end = &parcel->next;
}

static void carry_one(struct direction *direction, const uint8_t *bytes, size_t length)
{
	const size_t head = sizeof(struct virtio_net_hdr);

	if (length <= head || is_chatter(bytes + head, length - head))
		return;
	if (direction->loses) {
		direction->loses -= direction->loses != CABLE_ALL;
		return;
	}
	/* One that is to take no time does not overtake those that are under way. */
	if (direction->delay || direction->first)
		send_later(direction, bytes, length);
	else
		deliver(direction, bytes, length);
}

static void take(struct cable *cable, struct direction *direction)
{
	ssize_t length;

	do {
		length = read(direction->from->fd, cable->bytes, sizeof(cable->bytes));
		if (length > 0)
			carry_one(direction, cable->bytes, (size_t)length);
	} while (length > 0 || (length < 0 && errno == EINTR));
}

/* Gives what is due, and returns when the next one is; USEC_FOREVER: none is under way. */
static usec_t give_due(struct direction *direction)
{
	while (direction->first && direction->first->due <= clock_exact()) {
		struct parcel *parcel = direction->first;

		direction->first = parcel->next;
		if (!direction->first)
			direction->end = &direction->first;
		deliver(direction, parcel->bytes, parcel->length);
		free(parcel);
	}
	return direction->first ? direction->first->due : USEC_FOREVER;
}

static usec_t carry(struct cable *cable)
{
	usec_t next = USEC_FOREVER;

	pthread_mutex_lock(&cable->mutex);
	for (int i = 0; i < CABLE_ENDS; i++) {
		struct direction *direction = &cable->directions[i];

		take(cable, direction);
		usec_t due = give_due(direction);
		next = due < next ? due : next;
	}
	pthread_mutex_unlock(&cable->mutex);
	return next;
}

/* ---- the thread ---- */

static void *carry_on(void *context)
{
	struct cable *cable = context;
	struct pollfd files[CABLE_ENDS + 1] = { { .fd = cable->stop_fd, .events = POLLIN } };

	for (int i = 0; i < CABLE_ENDS; i++)
		files[i + 1] =
			(struct pollfd){ .fd = cable->directions[i].from->fd, .events = POLLIN };
	while (!files[0].revents) {
		usec_t next = carry(cable), now = clock_exact();
		struct timespec timeout = timespec_of_usec(next > now ? next - now : 0);

		ppoll(files, CABLE_ENDS + 1, next == USEC_FOREVER ? NULL : &timeout, NULL);
	}
	return NULL;
}

/* Signals are for the others. */
void cable_start(struct cable *cable)
{
	sigset_t all, before;

	if (cable->started)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	cable->started = pthread_create(&cable->thread, NULL, carry_on, cable) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- the rest ---- */

enum fault cable_open(struct cable **result, const struct tun *near, const struct tun *far,
                      char *error)
{
	struct cable *cable = calloc(1, sizeof(*cable));

	if (!cable)
		return fault_say(FAULT_BROKEN, error, "the cable: %s", strerror(errno));
	pthread_mutex_init(&cable->mutex, NULL);
	cable->directions[CABLE_NEAR] = (struct direction){ .from = near, .to = far };
	cable->directions[CABLE_FAR] = (struct direction){ .from = far, .to = near };
	for (int i = 0; i < CABLE_ENDS; i++)
		cable->directions[i].end = &cable->directions[i].first;
	cable->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (cable->stop_fd < 0) {
		free(cable);
		return fault_say(FAULT_BROKEN, error, "the cable: %s", strerror(errno));
	}
	*result = cable;
	return FAULT_NONE;
}

void cable_close(struct cable *cable)
{
	if (!cable)
		return;
	if (cable->started && eventfd_write(cable->stop_fd, 1) == 0)
		pthread_join(cable->thread, NULL);
	for (int i = 0; i < CABLE_ENDS; i++)
		for (struct parcel *parcel = cable->directions[i].first, *next; parcel;
		     parcel = next) {
			next = parcel->next;
			free(parcel);
		}
	close(cable->stop_fd);
	pthread_mutex_destroy(&cable->mutex);
	free(cable);
}

void cable_lose(struct cable *cable, enum cable_end end, int count)
{
	carry(cable);
	pthread_mutex_lock(&cable->mutex);
	cable->directions[end].loses = count;
	pthread_mutex_unlock(&cable->mutex);
}

void cable_delay(struct cable *cable, enum cable_end end, usec_t delay)
{
	carry(cable);
	pthread_mutex_lock(&cable->mutex);
	cable->directions[end].delay = delay;
	pthread_mutex_unlock(&cable->mutex);
}
