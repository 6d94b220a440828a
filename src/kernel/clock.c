#include "kernel/clock.h"

#include <sys/socket.h>
#include <unistd.h>

static usec_t clock_grain = 1;

void clock_set_grain(usec_t grain)
{
	clock_grain = grain;
}

usec_t clock_exact(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return usec_of_timespec(time);
}

usec_t clock_of(struct timespec time)
{
	usec_t at = usec_of_timespec(time);

	return at - at % clock_grain;
}

usec_t clock_now(void)
{
	usec_t now = clock_exact();

	return now - now % clock_grain;
}

/*
 * SO_RCVTIMEO (socket(7)) is kept in ticks. The shortest one ends when the kernel runs the timers
 * of the next tick.
 */
void clock_await_tick(void)
{
	const struct timeval shortest = { .tv_usec = 1 };
	char byte;
	int silent = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (silent == -1)
		return;
	if (setsockopt(silent, SOL_SOCKET, SO_RCVTIMEO, &shortest, sizeof(shortest)) == 0)
		(void)!recv(silent, &byte, 1, 0);
	close(silent);
}
