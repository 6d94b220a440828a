/* Makes system calls by calling the functions of a stack in a shared object. */
#ifndef TCPCLOSE_STACKS_STACK_CALLS_H
#define TCPCLOSE_STACKS_STACK_CALLS_H

#include <stdbool.h>

#include "host/host_call.h"
#include "stacks/stack.h"

/* Tells whether the stack has a function for the call of this name. */
bool stack_call_offered(const struct packetdrill_interface *stack, const char *name);

/* Makes a call, and sets its result and error. When it is not offered, these are -1 and ENOSYS. */
void stack_call_make(const struct packetdrill_interface *stack, struct host_call *call);

#endif
