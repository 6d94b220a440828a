/* What ends a run from outside: these signals, and no others. */
#ifndef TCPCLOSE_BASE_STOP_SIGNALS_H
#define TCPCLOSE_BASE_STOP_SIGNALS_H

#include <signal.h>
#include <stddef.h>

enum { STOP_SIGNALS = 3 };

static const int stop_signals[STOP_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* All of them as a set, to be blocked. */
static inline sigset_t stop_signals_set(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < STOP_SIGNALS; i++)
		sigaddset(&set, stop_signals[i]);
	return set;
}

#endif
