/* What is known of a script's signals: which descriptor asked for them, and how. */
#ifndef TCPCLOSE_CHECK_SHADOW_SIGNALS_H
#define TCPCLOSE_CHECK_SHADOW_SIGNALS_H

#include <stdbool.h>

#include "model/rule.h"
#include "program/program.h"
#include "verdict/trace.h"

struct shadow_signals {
	unsigned socket; /* the only one that asked for any; 0: none */
	bool several;    /* more than one did: whose a signal is is not known */
	bool owned;      /* F_SETOWN */
	bool async;      /* O_ASYNC */
	bool told;       /* F_SETSIG: they say why */
	bool begun;      /* a look has emptied what was counted before */
	unsigned pipes;  /* EPIPE without MSG_NOSIGNAL, since the last look at SIGPIPE */
};

/* A call has returned. `socket`: that of its descriptor, from 1. */
void shadow_signals_called(struct shadow_signals *signals, unsigned socket,
                           const struct call_want *want, const struct event *event);

/*
 * Which enum signal_reason a look asks for; 0: it is not judged. *strange: it asks for what no
 * signal of F_SETSIG should be.
 */
unsigned shadow_signals_asked(struct shadow_signals *signals, const struct observe_want *want,
                              bool *strange);

/* Compares a look at SIGPIPE. Returns the rule that is broken, or NULL. */
const struct rule *shadow_signals_pipe(struct shadow_signals *signals, long count);

extern const struct rule signal_reason_rule;

#endif
