/* What poll(2) must report about a connection, and what it must not. */
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
	short must, must_not; /* sets of POLLIN, POLLOUT ... */
};

extern const struct poll_rule poll_rules[];
extern const size_t poll_rule_count;

/*
 * Returns the rule that `revents` breaks; NULL when it breaks none. `events` were asked for;
 * POLLERR and POLLHUP always are.
 */
const struct rule *poll_judge(const struct tcb *tcb, short events, short revents);

/*
 * ... about a listener. `waits`: a connection whose handshake is over was not accepted yet;
 * `nobody`: there is none; neither: that is not known.
 */
const struct rule *poll_judge_listener(bool waits, bool nobody, short events, short revents);

#endif
