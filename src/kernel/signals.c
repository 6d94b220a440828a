#include "kernel/signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "base/stop_signals.h"

static const int counted_signals[] = { SIGPIPE, SIGURG, SIGIO, SIGUSR1, SIGUSR2, SIGALRM };

/* A handler gets only the number of the signal, so these belong to the whole process. */
static atomic_uint signal_counts[_NSIG];
static atomic_uint stop_count;
static atomic_int stop_wake_fd = -1;

static void signal_count(int number)
{
	atomic_fetch_add(&signal_counts[number], 1);
}

static void signal_stop(int number)
{
	const uint64_t one = 1;
	int before = errno;

	(void)number;
	atomic_fetch_add(&stop_count, 1);
	if (write(stop_wake_fd, &one, sizeof(one)) < 0)
		errno = before;
}

/* Without SA_RESTART, because a call under test must be interrupted as in any program. */
static void signals_handle(const int *numbers, size_t count, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	for (size_t i = 0; i < count; i++)
		sigaction(numbers[i], &action, NULL);
}

void signals_open(int wake_fd)
{
	atomic_store(&stop_count, 0);
	atomic_store(&stop_wake_fd, wake_fd);
	for (int i = 0; i < _NSIG; i++)
		atomic_store(&signal_counts[i], 0);
	signals_handle(stop_signals, STOP_SIGNALS, signal_stop);
	signals_handle(counted_signals, sizeof(counted_signals) / sizeof(int), signal_count);
}

void signals_close(void)
{
	signals_handle(stop_signals, STOP_SIGNALS, SIG_DFL);
	signals_handle(counted_signals, sizeof(counted_signals) / sizeof(int), SIG_DFL);
	atomic_store(&stop_wake_fd, -1);
}

const atomic_uint *signals_stopped(void)
{
	return &stop_count;
}

unsigned signals_taken(int number)
{
	return number > 0 && number < _NSIG ? atomic_exchange(&signal_counts[number], 0) : 0;
}
