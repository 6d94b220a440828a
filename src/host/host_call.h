/*
 * A system call as a world makes it: its arguments, what came back, and all memory that it can
 * write.
 *
 * What is expected never stands where the answer will be. An output holds a pattern (the poison)
 * before the call, in every world: what the call does not write can then not be taken for what
 * somebody wanted to see there.
 */
#ifndef TCPCLOSE_HOST_HOST_CALL_H
#define TCPCLOSE_HOST_HOST_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/usec.h"

enum output_kind {
	OUTPUT_GIVEN,  /* the call is given something there, and may change it: a length */
	OUTPUT_EMPTY,  /* poisoned before the call */
	OUTPUT_UNSEEN, /* nobody looks at it now; a recording poisons and keeps it all the same */
};

struct host_output {
	void *bytes;
	size_t size;
	enum output_kind kind;
};

/* How a call has ended. */
enum host_call_end {
	CALL_PENDING,  /* it has not, or was not made yet */
	CALL_RETURNED, /* there is a result, and what it wrote */
	CALL_STOPPED,  /* likewise, but a signal named at HOST_STOPPED came while it was in it */
	CALL_DIED,     /* its process ended in it: there is no result */
	CALL_NOT_MADE, /* nor here: it could not be made, and host->error says why */
};

/* The memory that arguments and outputs point to belongs to the caller. */
struct host_call {
	const char *name;
	long number; /* SYS_xxx */
	long arguments[6];
	struct host_output
		*outputs; /* all that the call can write, in the order of its arguments */
	size_t output_count;
	unsigned process; /* 0: this one; else a twin, see call_ops.fork */
	long result;      /* -1 and error, or what the call returned */
	int error;        /* errno value, 0 when the call succeeded */
	usec_t started, ended;
	usec_t delayed; /* of that, after it was woken and had to wait for a processor */
	enum host_call_end end;
};

/* Fills an output with the poison, whatever its kind. */
void host_output_poison(const struct host_output *output);

/* Poisons all outputs but those that are OUTPUT_GIVEN. */
void host_call_poison(const struct host_call *call);

/*
 * Is the poison still in these bytes, the first of which is `offset` bytes into an output? True for
 * no bytes.
 */
bool host_output_is_untouched(const void *bytes, size_t offset, size_t size);

#endif
