#include "kernel/rings.h"

#include <assert.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/ring_call.h"
#include "kernel/clock.h"

enum { RINGS_MAX = 16 };

struct ring {
	int fd;
	char *rings; /* the memory of both queues (IORING_FEAT_SINGLE_MMAP, Linux 5.4) */
	struct io_uring_sqe *requests;
	size_t rings_size, requests_size;
	struct io_uring_params params;
};

struct rings {
	struct ring list[RINGS_MAX];
	size_t count;
};

static_assert(sizeof(struct ring_request) == sizeof(struct io_uring_sqe), "one layout");
static_assert(sizeof(struct ring_completion) == sizeof(struct io_uring_cqe), "one layout");

struct rings *rings_open(void)
{
	return calloc(1, sizeof(struct rings));
}

static void ring_unmap(struct ring *ring)
{
	if (ring->rings)
		munmap(ring->rings, ring->rings_size);
	if (ring->requests)
		munmap(ring->requests, ring->requests_size);
}

void rings_close(struct rings *rings)
{
	for (size_t i = 0; rings && i < rings->count; i++)
		ring_unmap(&rings->list[i]);
	free(rings);
}

/* ---- a new ring ---- */

static void *map(int fd, size_t size, off_t offset)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);

	return memory == MAP_FAILED ? NULL : memory;
}

static bool ring_map(struct ring *ring)
{
	const struct io_uring_params *p = &ring->params;
	size_t submitted = p->sq_off.array + p->sq_entries * sizeof(uint32_t),
	       completed = p->cq_off.cqes + p->cq_entries * sizeof(struct io_uring_cqe);

	ring->rings_size = submitted > completed ? submitted : completed;
	ring->requests_size = p->sq_entries * sizeof(struct io_uring_sqe);
	ring->rings = map(ring->fd, ring->rings_size, IORING_OFF_SQ_RING);
	ring->requests = map(ring->fd, ring->requests_size, IORING_OFF_SQES);
	return ring->rings && ring->requests;
}

/* A number that was used before belonged to a ring that is closed by now. */
static struct ring *ring_place(struct rings *rings, int fd)
{
	for (size_t i = 0; i < rings->count; i++)
		if (rings->list[i].fd == fd) {
			ring_unmap(&rings->list[i]);
			return &rings->list[i];
		}
	return rings->count < RINGS_MAX ? &rings->list[rings->count++] : NULL;
}

static long ring_init(struct rings *rings, const long *a)
{
	struct ring ring = { .params = { .flags = (uint32_t)a[1] } }, *place;

	ring.fd = (int)syscall(SYS_io_uring_setup, a[0], &ring.params);
	if (ring.fd < 0)
		return -1;
	place = ring_place(rings, ring.fd);
	if (place && ring.params.features & IORING_FEAT_SINGLE_MMAP && ring_map(&ring)) {
		*place = ring;
		return ring.fd;
	}
	ring_unmap(&ring);
	close(ring.fd);
	errno = ENOMEM;
	return -1;
}

/* ---- the queues ---- */

static uint32_t *field(const struct ring *ring, uint32_t offset)
{
	return (uint32_t *)(ring->rings + offset);
}

static uint32_t get(const struct ring *ring, uint32_t offset)
{
	return __atomic_load_n(field(ring, offset), __ATOMIC_ACQUIRE);
}

static void set(const struct ring *ring, uint32_t offset, uint32_t value)
{
	__atomic_store_n(field(ring, offset), value, __ATOMIC_RELEASE);
}

static long ring_submit(struct ring *ring, const struct ring_request *requests, uint32_t count)
{
	const struct io_sqring_offsets *at = &ring->params.sq_off;
	uint32_t tail = get(ring, at->tail), mask = get(ring, at->ring_mask);

	if (count > ring->params.sq_entries) {
		errno = EBUSY;
		return -1;
	}
	for (uint32_t i = 0; i < count; i++, tail++) {
		memcpy(&ring->requests[tail & mask], &requests[i], sizeof(*requests));
		field(ring, at->array)[tail & mask] = tail & mask;
	}
	set(ring, at->tail, tail);
	return syscall(SYS_io_uring_enter, ring->fd, count, 0, 0, NULL, 0);
}

static uint32_t ring_ready(const struct ring *ring)
{
	return get(ring, ring->params.cq_off.tail) - get(ring, ring->params.cq_off.head);
}

/* Returns false when it was interrupted, with errno; a time that is over is no error. */
static bool ring_await(const struct ring *ring, uint32_t count, const struct timespec *time)
{
	struct io_uring_getevents_arg more = { .sigmask_sz = _NSIG / 8,
		                               .ts = (uint64_t)(uintptr_t)time };

	return syscall(SYS_io_uring_enter, ring->fd, 0, count,
	               IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &more, sizeof(more)) >= 0 ||
	       errno == ETIME;
}

static long ring_wait(const struct ring *ring, struct ring_completion *completions, uint32_t count,
                      const struct timespec *time)
{
	const struct io_cqring_offsets *at = &ring->params.cq_off;
	const struct io_uring_cqe *all = (const void *)(ring->rings + at->cqes);
	uint32_t head = get(ring, at->head), mask = get(ring, at->ring_mask), ready;

	if (ring_ready(ring) < count && !ring_await(ring, count, time))
		return -1;
	ready = ring_ready(ring) < count ? ring_ready(ring) : count;
	for (uint32_t i = 0; i < ready; i++)
		memcpy(&completions[i], &all[(head + i) & mask], sizeof(*completions));
	set(ring, at->head, head + ready);
	return ready;
}

/* ---- calls ---- */

static long ring_make(struct rings *rings, const struct host_call *call)
{
	const long *a = call->arguments;
	struct ring *ring = rings->list, *end = ring + rings->count;

	if (call->number == RING_INIT)
		return ring_init(rings, a);
	while (ring < end && ring->fd != a[0])
		ring++;
	if (ring < end && call->number == RING_SUBMIT)
		return ring_submit(ring, (const void *)a[1], (uint32_t)a[2]);
	if (ring < end && call->number == RING_WAIT)
		return ring_wait(ring, (void *)a[1], (uint32_t)a[2], (const void *)a[3]);
	errno = EBADF;
	return -1;
}

void rings_make(void *context, struct host_call *call)
{
	if (call->number >= 0) {
		caller_system_call(call);
		return;
	}
	call->started = clock_now();
	call->result = ring_make(context, call);
	call->error = call->result == -1 ? errno : 0;
	call->ended = clock_now();
}
