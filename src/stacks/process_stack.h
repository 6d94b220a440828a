/*
 * A stack in a process of its own (--stack), as a shared object would be: docs/stack-protocol.txt.
 */
#ifndef TCPCLOSE_STACKS_PROCESS_STACK_H
#define TCPCLOSE_STACKS_PROCESS_STACK_H

#include "stacks/stack_source.h"

/*
 * Starts the command; its stack can do what it says that it can. FAULT_MISSING: it cannot be played
 * on in this world.
 */
enum fault process_stack_open(const struct tcpclose_world *world, const char *command,
                              struct stack_source *source, char error[FAULT_TEXT]);

#endif
