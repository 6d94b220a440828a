/* What poll(2) has to say of a connection, and what not. */
#ifndef TCPCLOSE_MODEL_POLL_RULES_H
#define TCPCLOSE_MODEL_POLL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/rule.h"
#include "model/tcb.h"

struct poll_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb);
	short must, must_not; /* POLLIN ... */
};

extern const struct poll_rule poll_rules[];
extern const size_t poll_rule_count;

/*
 * The rule that `revents` breaks, where `events` were asked for (POLLERR and POLLHUP always are);
 * NULL: none.
 */
const struct rule *poll_judge(const struct tcb *tcb, short events, short revents);

#endif
