#include "suite/stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/stop_signals.h"

/* A handler gets only the number of the signal. */
static volatile sig_atomic_t first_signal, count;
static int wake_fd = -1;

static void on_stop(int number)
{
	const uint64_t one = 1;
	int before = errno;

	if (!first_signal)
		first_signal = number;
	count++;
	if (write(wake_fd, &one, sizeof(one)) < 0)
		errno = before;
}

void stop_listen(void)
{
	struct sigaction action = { .sa_handler = on_stop };

	wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	for (size_t i = 0; i < STOP_SIGNALS; i++)
		sigaction(stop_signals[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

void stop_forget(void)
{
	for (size_t i = 0; i < STOP_SIGNALS; i++)
		signal(stop_signals[i], SIG_DFL);
}

int stop_signal(void)
{
	return first_signal;
}

unsigned stop_count(void)
{
	return (unsigned)count;
}

int stop_descriptor(void)
{
	return wake_fd;
}
