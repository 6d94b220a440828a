/*
 * Stacks with which no test can be made, each with one fault (-DBAD_x), and one without a fault
 * that never answers. tests/stacks.sh says what must be reported for each.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stacks/stack.h"

#ifndef BAD_NO_SYMBOL

static int first_fd(void *userdata, int domain, int type, int protocol)
{
	(void)userdata, (void)domain, (void)type, (void)protocol;
#ifdef BAD_CRASH
	abort();
#endif
#ifdef BAD_PRINTS
	puts("the stack says something");
	fflush(stdout);
#endif
	return 7;
}

static int close_fd(void *userdata, int fd)
{
	(void)userdata;
#ifdef BAD_HANG
	for (;;)
		pause();
#endif
#ifdef BAD_SPIN
	for (volatile int turn = 0;; turn++)
		;
#endif
	if (fd == 7)
		return 0;
	errno = EBADF;
	return -1;
}

static int take(void *userdata, const void *bytes, size_t count)
{
	(void)userdata, (void)bytes, (void)count;
	return 0;
}

/* Gives nothing; or, again and again, bytes that are not a packet. */
static int give(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	static int given;

	(void)userdata, (void)bytes, (void)time_usecs;
#ifdef BAD_NEVER
	for (;;)
		pause();
#endif
#ifdef BAD_NONSENSE
	if (given++ == 0) {
		memset(bytes, 0x5a, 40);
		*count = 40;
		return 0;
	}
#endif
	(void)given;
	*count = 0;
	usleep(1000);
	return 0;
}

void packetdrill_interface_init(const char *flags, struct packetdrill_interface *interface)
{
	(void)flags;
	memset(interface, 0, sizeof(*interface));
#ifdef BAD_DEAF
	return;
#endif
	interface->socket = first_fd;
	interface->close = close_fd;
	interface->netdev_send = take;
	interface->netdev_receive = give;
}

#ifdef BAD_VERSION
int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size)
{
	(void)world, (void)why, (void)size;
	stack->version = TCPCLOSE_STACK_VERSION + 1;
	return 0;
}
#endif

#ifdef BAD_REFUSES
int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size)
{
	(void)world, (void)stack;
	snprintf(why, size, "it has no addresses");
	return -1;
}
#endif

#endif
