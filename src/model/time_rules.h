/*
 * What happens without a segment: a timer expires (RFC 9293 3.10.8), or a program that is not
 * watched makes a call. Nobody sees such a step, and it may happen at any time after it became
 * possible. The judge assumes it when nothing else explains what it sees.
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
	bool call; /* it is a call of the program; otherwise only time passes */
};

extern const struct time_rule time_rules[];
extern const size_t time_rule_count;

bool time_rule_applies(const struct time_rule *row, const struct tcb *tcb, usec_t now,
                       const struct model_circumstances *circumstances);

/*
 * Returns the rule that asked for something that should have been done by `now` but was not; NULL
 * when there is none.
 */
const struct rule *time_overdue(const struct tcb *tcb, usec_t now,
                                const struct model_circumstances *circumstances);

/* Applies it, and counts that. */
void time_rule_apply(const struct time_rule *row, struct tcb *tcb, usec_t now);

#endif
