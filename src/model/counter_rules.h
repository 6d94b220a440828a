/*
 * What is counted (RFC 4022): which changes of state move which counter of SNMP. A candidate keeps
 * its own account, so it lies below what changes a state.
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
	COUNTER_OUT_RSTS, /* by segments, not by states */
	COUNTERS
};

struct counter_rule {
	struct rule rule;  /* its name is that of /proc/net/snmp */
	unsigned from, to; /* states before and after, each 1 << enum tcp_state */
};

/* By enum counter. */
extern const struct counter_rule counter_rules[COUNTERS];

/* False: it is none of these. */
bool counter_find(const char *name, enum counter *counter);

/* A state changes. */
void counters_move(uint8_t counters[COUNTERS], enum tcp_state from, enum tcp_state to);

#endif
