/*
 * A rule: the clause where it stands, what it says, and the name by which reports and departures
 * call it. The rows of each table of rules (arrival_rules.h, send_rules.h, call_rules.h,
 * time_rules.h ...) begin with one.
 */
#ifndef TCPCLOSE_MODEL_RULE_H
#define TCPCLOSE_MODEL_RULE_H

#include <stdbool.h>

#include "model/circumstances.h"
#include "model/departures.h"

struct rule {
	const char *name;   /* "closing-ack-of-fin" */
	const char *clause; /* "RFC 9293 3.10.7.4, fifth, CLOSING" */
	const char *text;   /* what it asks for, as a sentence */
	/* 0: it is a rule of an RFC; otherwise it holds only when Linux is judged. */
	enum departure departure;
};

/*
 * Tells whether the rule holds. A departure holds when a Linux is judged that has it, and when the
 * setting that it depends on was made.
 */
static inline bool rule_holds(const struct rule *rule, const struct model_circumstances *known)
{
	if (rule->departure == DEPARTURE_LINGER2 && !known->linger2)
		return false;
	if (rule->departure == DEPARTURE_TIME_WAIT_FULL && !known->few_time_waits)
		return false;
	if (rule->departure == DEPARTURE_HANDSHAKE_ACK_DROPPED && known->accepts)
		return false;
	return !rule->departure ||
	       (known->mode == MODEL_LINUX && departure_is_of(rule->departure, known->kernel));
}

#endif
