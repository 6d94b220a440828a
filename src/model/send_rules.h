/*
 * What an endpoint may send. A segment that it sends is compared with the rows in their order. A
 * row that applies either allows the segment, and the rows below are skipped, or it forbids it.
 * What no row forbids is allowed: retransmissions, window updates, probes, duplicates.
 */
#ifndef TCPCLOSE_MODEL_SEND_RULES_H
#define TCPCLOSE_MODEL_SEND_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

struct sending {
	const struct segment *segment; /* TCP */
	usec_t at;
	const struct model_circumstances *circumstances;
};

/* What must be known of the endpoint before a row may be used. */
enum needs {
	NEEDS_NOTHING = 0,
	NEEDS_CALLS = 1,    /* everything that the program called */
	NEEDS_ARRIVALS = 2, /* everything that reached it, and nothing else */
	NEEDS_SENDS = 4,    /* everything that it sent */
};

struct send_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct sending *sending);
	bool allows; /* true: it allows the segment; false: it forbids it */
	enum needs needs;
};

extern const struct send_rule send_rules[];
extern const size_t send_rule_count;

/* Returns the rule that the segment breaks; NULL when it may be sent. */
const struct rule *send_judge(const struct tcb *tcb, const struct sending *sending);

#endif
