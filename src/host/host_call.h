/*
 * A system call as a world makes it: its arguments, its result, and all memory that it can write.
 *
 * What is expected never stands where the answer will be. Before the call, in every world, a
 * pattern is written into the outputs: the poison. So what the call did not write cannot be taken
 * for what a script expects there.
 */
#ifndef TCPCLOSE_HOST_HOST_CALL_H
#define TCPCLOSE_HOST_HOST_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/usec.h"

enum output_kind {
	OUTPUT_GIVEN,  /* the call reads it, too, and may change it, such as a length */
	OUTPUT_EMPTY,  /* it is poisoned before the call */
	OUTPUT_UNSEEN, /* nobody looks at it now; it is poisoned and recorded all the same */
};

struct host_output {
	void *bytes;
	size_t size;
	enum output_kind kind;
};

/* How a call has ended. */
enum host_call_end {
	CALL_PENDING,  /* it has not ended, or was not made yet */
	CALL_RETURNED, /* it has a result, and has written its outputs */
	CALL_STOPPED,  /* the same, but one of the signals of HOST_STOPPED came during the call */
	CALL_DIED,     /* its process ended during the call, so there is no result */
	CALL_NOT_MADE, /* it could not be made, so there is no result; host->error says why */
};

/* The memory of arguments and outputs belongs to the caller. */
struct host_call {
	const char *name;
	long number; /* SYS_xxx */
	long arguments[6];
	/* All that the call can write, in the order of its arguments. */
	struct host_output *outputs;
	size_t output_count;
	unsigned process; /* 0: this process; otherwise a twin, see call_ops.fork */
	/*
	 * Not 0: the first argument is this process (see call_ops.fork), by whatever the world
	 * calls it.
	 */
	unsigned about;
	long result; /* what the call returned; -1 when `error` is set */
	int error;   /* an errno value; 0 when the call succeeded */
	usec_t started, ended;
	usec_t delayed; /* the part of that time for which it was awake but got no processor */
	enum host_call_end end;
};

/* Fills an output with the poison, of whatever kind it is. */
void host_output_poison(const struct host_output *output);

/* Poisons all outputs that are not OUTPUT_GIVEN. */
void host_call_poison(const struct host_call *call);

/*
 * Tells whether these bytes still are the poison. The first one is `offset` bytes into an output.
 * True for no bytes.
 */
bool host_output_is_untouched(const void *bytes, size_t offset, size_t size);

#endif
