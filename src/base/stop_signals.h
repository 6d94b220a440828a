/* The signals that end a run from outside. */
#ifndef TCPCLOSE_BASE_STOP_SIGNALS_H
#define TCPCLOSE_BASE_STOP_SIGNALS_H

#include <signal.h>
#include <stddef.h>

enum { STOP_SIGNALS = 3 };

static const int stop_signals[STOP_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* The same signals as a set, to block them. */
static inline sigset_t stop_signals_set(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < STOP_SIGNALS; i++)
		sigaddset(&set, stop_signals[i]);
	return set;
}

#endif
