/*
 * A TCP stack that is not the running kernel's as a world: one in a shared object (stack.h), or one
 * in a process of its own (docs/stack-protocol.txt).
 */
#ifndef TCPCLOSE_STACKS_HOST_STACK_H
#define TCPCLOSE_STACKS_HOST_STACK_H

#include "host/host.h"

/* Which, and how. The strings are not copied. */
struct stack_choice {
	const char *so_filename, *so_flags; /* the file of a shared object, or NULL */
	const char *command;                /* of a process, or NULL */
	bool drive_clock; /* its clock only goes on when all wait, and as far as they wait */
};

/*
 * Loads the object into the calling process, which is meant to run one test and exit, or starts the
 * process. NULL with *failure and `error` set: FAULT_MISSING when the stack cannot do what the
 * world asks for, FAULT_BROKEN when it is no such stack.
 */
struct host *host_stack_open(const struct host_config *config, const struct stack_choice *choice,
                             enum fault *failure, char error[FAULT_TEXT]);

#endif
