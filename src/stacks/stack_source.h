/* A stack, wherever it comes from: a shared object, or a process. */
#ifndef TCPCLOSE_STACKS_STACK_SOURCE_H
#define TCPCLOSE_STACKS_STACK_SOURCE_H

#include "base/fault.h"
#include "stacks/stack.h"

struct stack_source {
	struct packetdrill_interface functions;
	struct tcpclose_stack more; /* all 0 where it has nothing besides */

	/* What it did that no stack may, in a sentence, or NULL. May be NULL itself. */
	const char *(*trouble)(void *userdata);
};

#endif
