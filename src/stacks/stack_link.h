/*
 * The socket between us and a stack in a process of its own. A thread reads what the stack says.
 * Whoever asks the stack something sleeps until the answer has come.
 */
#ifndef TCPCLOSE_STACKS_STACK_LINK_H
#define TCPCLOSE_STACKS_STACK_LINK_H

#include <sys/uio.h>

#include "stacks/protocol.h"

struct stack_link;

/* An answer of the stack. */
struct answer {
	struct message message; /* `bytes` must not be used */
	void *room;             /* where the bytes of the answer go, as many as fit; may be NULL */
	size_t size, filled;
};

/*
 * Starts the command with /bin/sh. The descriptor TCPCLOSE_STACK_FD in its environment is the
 * socket. Then it says hello. When world->start is not 0, the stack's clock only goes on by
 * stack_link_advance(). On an error it returns NULL, and sets *failure and `error`. FAULT_MISSING:
 * the stack refuses this world.
 */
struct stack_link *stack_link_open(const struct tcpclose_world *world, const char *command,
                                   struct answer *hello, enum fault *failure,
                                   char error[FAULT_TEXT]);

/*
 * Asks, and waits for the answer. The line is VERB ID WORDS, with `count` pieces of bytes behind
 * it. Returns false when there is no answer, with errno: EINTR, or EIO when the stack is in
 * trouble.
 */
bool stack_link_ask(struct stack_link *link, struct answer *answer, const char *verb,
                    const struct iovec *bytes, int count, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* Gives the stack a packet. */
bool stack_link_packet(struct stack_link *link, const void *bytes, size_t size);

/*
 * Takes a packet that the stack has sent. *size is the room; it becomes the length, or 0 when there
 * is none, also after `wait` milliseconds. *at becomes microseconds of CLOCK_REALTIME.
 */
void stack_link_next(struct stack_link *link, void *bytes, size_t *size, long long *at, int wait);

/* The clock, as far as the stack has told it; and letting it go on, see stack.h. */
int64_t stack_link_now(struct stack_link *link);
int64_t stack_link_advance(struct stack_link *link, int64_t until);

/* What the stack has done that no stack may do, as a sentence; NULL when there is nothing. */
const char *stack_link_trouble(struct stack_link *link);

/* Says goodbye, and kills the stack. */
void stack_link_close(struct stack_link *link);

#endif
