/*
 * What happens without a segment: a timer runs out (RFC 9293 3.10.8), or a program that is not
 * watched makes a call. Such a step may be taken from its time on, and nobody sees it; the judge
 * takes it when nothing else explains what it sees.
 */
#ifndef TCPCLOSE_MODEL_TIME_RULES_H
#define TCPCLOSE_MODEL_TIME_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

struct time_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, usec_t now,
	             const struct model_circumstances *circumstances);
	void (*effect)(struct tcb *tcb, usec_t now);
	bool call; /* of the program; else time alone */
};

extern const struct time_rule time_rules[];
extern const size_t time_rule_count;

bool time_rule_applies(const struct time_rule *row, const struct tcb *tcb, usec_t now,
                       const struct model_circumstances *circumstances);

/* What was to be done by `now`, and was not: the rule that asked for it, or NULL. */
const struct rule *time_overdue(const struct tcb *tcb, usec_t now,
                                const struct model_circumstances *circumstances);

#endif
