/*
 * A TCP stack other than the running kernel's as a world: one in a shared object (stack.h), or one
 * in a process of its own (docs/stack-protocol.txt).
 */
#ifndef TCPCLOSE_STACKS_HOST_STACK_H
#define TCPCLOSE_STACKS_HOST_STACK_H

#include "host/host.h"

/* Which stack, and how it is played. The strings are not copied. */
struct stack_choice {
	const char *so_filename, *so_flags; /* the file of a shared object, or NULL */
	const char *command;                /* the command that starts a process, or NULL */
	bool drive_clock; /* its clock only goes on while all wait, and only as far as they wait */
};

/*
 * Loads the object into the calling process, which should run one test and exit; or starts the
 * process. On an error it returns NULL, and sets *failure and `error`. FAULT_MISSING: the stack
 * cannot do what the world asks for. FAULT_BROKEN: it is not such a stack.
 */
struct host *host_stack_open(const struct host_config *config, const struct stack_choice *choice,
                             enum fault *failure, char error[FAULT_TEXT]);

#endif
