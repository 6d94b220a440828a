/*
 * The calls of a stack in a process of its own, as functions of a shared object: each is said to
 * the process, and its result is what the process answers. Their userdata is a struct
 * process_stack.
 */
#ifndef TCPCLOSE_STACKS_PROCESS_CALLS_H
#define TCPCLOSE_STACKS_PROCESS_CALLS_H

#include <stdatomic.h>

#include "stacks/stack.h"
#include "stacks/stack_link.h"

enum { FD_MAX = 1024 };

struct process_stack {
	struct stack_link *link;
	char name[100];
	atomic_bool nonblocking[FD_MAX]; /* for F_GETFL */
};

/* Puts the functions in that an offer of hello ("recv") stands for; false: nobody knows it. */
bool process_call_offer(struct packetdrill_interface *interface, const char *name);

#endif
