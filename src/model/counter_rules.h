/*
 * The counters of RFC 4022 (SNMP), and which changes of the state move them. Each candidate
 * (model.h) keeps its own account, so this is below the files that change a state.
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
	COUNTERS
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
void counters_move(uint8_t counters[COUNTERS], enum tcp_state from, enum tcp_state to);

#endif
