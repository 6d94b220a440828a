/*
 * What a look at an endpoint may show: its state, its queues and its timer. The rows are tried in
 * their order; the first that does not hold is the one that is broken.
 */
#ifndef TCPCLOSE_MODEL_LOOK_RULES_H
#define TCPCLOSE_MODEL_LOOK_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

struct look {
	const struct tcp_status *status;
	usec_t at;
	const struct model_circumstances *circumstances;
};

struct look_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct look *look);
	bool (*holds)(const struct tcb *tcb, const struct look *look);
};

extern const struct look_rule look_rules[];
extern const size_t look_rule_count;

/* The rule that what was seen breaks; NULL: none. */
const struct rule *look_judge(const struct tcb *tcb, const struct tcp_status *status, usec_t at,
                              const struct model_circumstances *circumstances);

#endif
