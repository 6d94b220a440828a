/* A stack, wherever it comes from: a shared object or a process. */
#ifndef TCPCLOSE_STACKS_STACK_SOURCE_H
#define TCPCLOSE_STACKS_STACK_SOURCE_H

#include "base/fault.h"
#include "stacks/stack.h"

struct stack_source {
	struct packetdrill_interface functions;
	/* All 0 when the stack has nothing beyond packetdrill's interface. */
	struct tcpclose_stack more;

	/*
	 * Returns what the stack has done that no stack may do, as a sentence, or NULL. May itself
	 * be NULL.
	 */
	const char *(*trouble)(void *userdata);
};

#endif
