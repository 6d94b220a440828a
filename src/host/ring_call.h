/*
 * Calls on a ring of io_uring(7). They are not system calls, but what liburing's functions of these
 * names do with io_uring_setup(2), io_uring_enter(2) and the memory of the ring. A world makes them
 * like any other call: see struct host_call. Their numbers are below 0.
 */
#ifndef TCPCLOSE_HOST_RING_CALL_H
#define TCPCLOSE_HOST_RING_CALL_H

#include <stdint.h>

enum ring_call {
	/* (entries, flags): a new descriptor */
	RING_INIT = -3,
	/* (ring, struct ring_request *, count): how many were submitted */
	RING_SUBMIT = -2,
	/*
	 * (ring, struct ring_completion *, count, const struct timespec * or 0): takes that many
	 * completions, or those that there are when the time is over, and returns how many
	 */
	RING_WAIT = -1,
};

/* A request, as struct io_uring_sqe is in memory. */
struct ring_request {
	uint8_t opcode, flags;
	uint16_t ioprio;
	int32_t fd;
	uint64_t off, addr;
	uint32_t len;
	uint32_t op_flags; /* msg_flags, accept_flags, poll32_events ... */
	uint64_t user_data;
	uint16_t buf_index, personality;
	uint32_t file_index;
	uint64_t more[2];
};

/* A completion, as struct io_uring_cqe is in memory, but for what stands behind it. */
struct ring_completion {
	uint64_t user_data;
	int32_t res;
	uint32_t flags;
};

#endif
