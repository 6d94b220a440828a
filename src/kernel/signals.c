/* For POLL_IN and si_band. */
#define _GNU_SOURCE
#include "kernel/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "base/signal_kind.h"
#include "base/stop_signals.h"

enum { KINDS = 64 }; /* of signals that can be told apart in one test */

static const int counted_signals[] = { SIGPIPE, SIGURG, SIGIO, SIGUSR1, SIGUSR2, SIGALRM };

/*
 * A handler gets nothing that is ours, so these belong to the whole process. A place is taken by
 * the first signal of its kind; what finds no place any more is counted as one without a code.
 */
static struct {
	atomic_int kind; /* 0: free */
	atomic_uint count;
} signal_counts[KINDS + _NSIG];
static atomic_uint stop_count;
static atomic_int stop_wake_fd = -1;

/* The places behind KINDS are of the signals that have no code. */
static atomic_uint *count_of(int kind)
{
	for (size_t i = 0; i < KINDS && signal_kind_code(kind); i++) {
		int free = 0;

		if (atomic_compare_exchange_strong(&signal_counts[i].kind, &free, kind) ||
		    free == kind)
			return &signal_counts[i].count;
	}
	return &signal_counts[KINDS + signal_kind_number(kind)].count;
}

/* fcntl(2): with F_SETSIG the signal says what happened. Without, its code is SI_KERNEL. */
static void signal_count(int number, siginfo_t *info, void *context)
{
	bool told = info->si_code >= POLL_IN && info->si_code <= POLL_HUP;
	int kind = signal_kind(number, told ? info->si_code : 0, told ? (int)info->si_band : 0);

	(void)context;
	atomic_fetch_add(count_of(kind), 1);
}

static void signal_stop(int number, siginfo_t *info, void *context)
{
	const uint64_t one = 1;
	int before = errno;

	(void)number;
	(void)info;
	(void)context;
	atomic_fetch_add(&stop_count, 1);
	if (write(stop_wake_fd, &one, sizeof(one)) < 0)
		errno = before;
}

/* Without SA_RESTART, because a call under test must be interrupted as in any program. */
static void signals_handle(const int *numbers, size_t count,
                           void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = { .sa_handler = SIG_DFL };

	if (handler) {
		action.sa_sigaction = handler;
		action.sa_flags = SA_SIGINFO;
	}

	for (size_t i = 0; i < count; i++)
		sigaction(numbers[i], &action, NULL);
}

void signals_open(int wake_fd)
{
	atomic_store(&stop_count, 0);
	atomic_store(&stop_wake_fd, wake_fd);
	for (int i = 0; i < KINDS + _NSIG; i++) {
		atomic_store(&signal_counts[i].kind, i < KINDS ? 0 : signal_kind(i - KINDS, 0, 0));
		atomic_store(&signal_counts[i].count, 0);
	}
	signals_handle(stop_signals, STOP_SIGNALS, signal_stop);
	signals_handle(counted_signals, sizeof(counted_signals) / sizeof(int), signal_count);
}

void signals_close(void)
{
	signals_handle(stop_signals, STOP_SIGNALS, NULL);
	signals_handle(counted_signals, sizeof(counted_signals) / sizeof(int), NULL);
	atomic_store(&stop_wake_fd, -1);
}

const atomic_uint *signals_stopped(void)
{
	return &stop_count;
}

static bool is_asked_for(int kind, int asked)
{
	return signal_kind_number(kind) == signal_kind_number(asked) &&
	       (!signal_kind_code(asked) || signal_kind_code(kind) == signal_kind_code(asked)) &&
	       (!signal_kind_band(asked) || signal_kind_band(kind) == signal_kind_band(asked));
}

unsigned signals_taken(int asked)
{
	unsigned taken = 0;

	for (int i = 0; i < KINDS + _NSIG; i++)
		if (is_asked_for(atomic_load(&signal_counts[i].kind), asked))
			taken += atomic_exchange(&signal_counts[i].count, 0);
	return taken;
}
