/*
 * Which signals a descriptor raises that has asked for them (fcntl(2): O_ASYNC, F_SETOWN and
 * F_SETSIG). What arrives, and what a program does, sets in a candidate what must have been raised
 * and what may have been; a look at the signals is compared with that.
 */
#ifndef TCPCLOSE_MODEL_SIGNAL_RULES_H
#define TCPCLOSE_MODEL_SIGNAL_RULES_H

#include <stdbool.h>

#include "model/rule.h"
#include "model/tcb.h"

/* Why there was a signal, as a set. */
enum signal_reason {
	SIGNAL_INPUT = 1,    /* SIGIO with POLL_IN */
	SIGNAL_OUTPUT = 2,   /* ... POLL_OUT */
	SIGNAL_ERROR = 4,    /* ... POLL_ERR */
	SIGNAL_PRIORITY = 8, /* ... POLL_PRI */
	SIGNAL_HANG_UP = 16, /* ... POLL_HUP */
	SIGNAL_URGENT = 32,  /* SIGURG, which needs no O_ASYNC */
	SIGNAL_ANY = 63,
};

/* A segment has made `after` of `before`. */
void signals_arrived(const struct tcb *before, struct tcb *after);

/* A call was made, or something ran out, that may have raised any. */
void signals_unknown(struct tcb *tcb);

/*
 * Compares one look: those with one of `reasons` came, or did not, since the last look for them.
 * Returns the rule that this breaks, or NULL, and then forgets them.
 */
const struct rule *signal_judge(struct tcb *tcb, unsigned reasons, bool came);

#endif
