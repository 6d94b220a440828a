/*
 * The socket between us and a stack in a process of its own. A thread reads what the stack says;
 * who asks it something sleeps until the answer is there.
 */
#ifndef TCPCLOSE_STACKS_STACK_LINK_H
#define TCPCLOSE_STACKS_STACK_LINK_H

#include <sys/uio.h>

#include "stacks/protocol.h"

struct stack_link;

/* What came back. */
struct answer {
	struct message message; /* `bytes` is not to be looked at */
	void *room;             /* where its bytes go, as many as fit; may be NULL */
	size_t size, filled;
};

/*
 * Starts the command by /bin/sh, with the socket in the descriptor that TCPCLOSE_STACK_FD names,
 * and says hello. `begun` is what its clock's 0 is, in microseconds of CLOCK_REALTIME; `driven`:
 * the clock only moves by stack_link_advance(). NULL with *failure and `error` set: FAULT_MISSING
 * when the stack refuses this world.
 */
struct stack_link *stack_link_open(const struct tcpclose_world *world, const char *command,
                                   struct answer *hello, enum fault *failure,
                                   char error[FAULT_TEXT]);

/*
 * Asks, and waits for the answer: the line is VERB ID WORDS, with `count` pieces of bytes behind
 * it. False: there is none, and errno says why: EINTR, or EIO when the stack is in trouble.
 */
bool stack_link_ask(struct stack_link *link, struct answer *answer, const char *verb,
                    const struct iovec *bytes, int count, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* Gives the stack a packet. */
bool stack_link_packet(struct stack_link *link, const void *bytes, size_t size);

/*
 * Takes a packet that it has sent: *size is the room, and then its length, 0: there is none, also
 * after `wait` milliseconds. *at is microseconds of CLOCK_REALTIME.
 */
void stack_link_next(struct stack_link *link, void *bytes, size_t *size, long long *at, int wait);

/* The clock, as far as the stack has said; and letting it go on, see stack.h. */
int64_t stack_link_now(struct stack_link *link);
int64_t stack_link_advance(struct stack_link *link, int64_t until);

/* What it did that no stack may, in a sentence; NULL: nothing. */
const char *stack_link_trouble(struct stack_link *link);

/* Says goodbye, and kills it. */
void stack_link_close(struct stack_link *link);

#endif
