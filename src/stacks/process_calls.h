/*
 * A stack in a process of its own as a table of functions, as a shared object has it: each call is
 * said to the process, and its result is what the process answers.
 */
#ifndef TCPCLOSE_STACKS_PROCESS_CALLS_H
#define TCPCLOSE_STACKS_PROCESS_CALLS_H

#include "stacks/stack_source.h"

/*
 * Starts the command; its stack can do what it says that it can. FAULT_MISSING: it cannot be played
 * on in this world.
 */
enum fault process_calls_open(const struct tcpclose_world *world, const char *command,
                              struct stack_source *source, char error[FAULT_TEXT]);

#endif
