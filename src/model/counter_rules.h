/*
 * The counters of RFC 4022 (SNMP), and which changes of the state move them; and those of Linux
 * that Documentation/networking/snmp_counter.rst explains, and which rules move these. Each
 * candidate (model.h) keeps its own account, so this is below the files that change a state.
 */
#ifndef TCPCLOSE_MODEL_COUNTER_RULES_H
#define TCPCLOSE_MODEL_COUNTER_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/rule.h"
#include "wire/tcp_state.h"

enum counter {
	COUNTER_ACTIVE_OPENS,
	COUNTER_ATTEMPT_FAILS,
	COUNTER_ESTAB_RESETS,
	COUNTER_OUT_RSTS,   /* counts segments, not changes of the state */
	COUNTER_CURR_ESTAB, /* how many are there now */
	COUNTERS_OF_LINUX,
	COUNTER_ABORT_ON_CLOSE = COUNTERS_OF_LINUX,
	COUNTER_ABORT_ON_DATA,
	COUNTER_ABORT_ON_LINGER,
	COUNTER_ABORT_ON_TIMEOUT,
	COUNTER_SYN_CHALLENGE,
	COUNTER_PAWS_ESTAB,
	COUNTER_EMBRYONIC_RSTS,
	COUNTER_OUTSIDE_ICMPS,
	COUNTERS
};

/* By how much a connection has moved each: so much is sure, and so much more is possible. */
struct counted {
	uint8_t sure[COUNTERS], perhaps[COUNTERS];
	bool attempt_failed; /* the rule that is being applied has counted this already */
};

struct counter_rule {
	struct rule rule;  /* its name is the one in /proc/net/snmp */
	unsigned from, to; /* the states before and after, as sets of 1 << enum tcp_state */
};

/* The index is an enum counter. */
extern const struct counter_rule counter_rules[COUNTERS];

/* Returns false when the name is not one of these counters. */
bool counter_find(const char *name, enum counter *counter);

/* Counts a change of the state. */
void counters_move(struct counted *counted, enum tcp_state from, enum tcp_state to);

/*
 * Counts that a rule was applied in `state`. `sure`: nothing is open that would have it counted
 * otherwise.
 */
void counters_apply(struct counted *counted, const struct rule *rule, enum tcp_state state,
                    bool sure);

/* One more, at most 255. */
void counter_add(uint8_t *counter);

#endif
