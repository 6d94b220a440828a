/*
 * A rule: where it stands, what it says, and by which name reports and departures know it. Each
 * table of rules (arrival_rules.h, send_rules.h, call_rules.h, time_rules.h) begins its rows with
 * one.
 */
#ifndef TCPCLOSE_MODEL_RULE_H
#define TCPCLOSE_MODEL_RULE_H

#include <stdbool.h>

#include "model/circumstances.h"
#include "model/departures.h"

struct rule {
	const char *name;   /* "closing-ack-of-fin" */
	const char *clause; /* "RFC 9293 3.10.7.4, fifth, CLOSING" */
	const char *text;   /* what it asks for, a sentence */
	enum departure
		departure; /* 0: of the RFC; else the rule holds only where Linux is judged */
};

/* Does it hold? A departure does, where Linux is asked for and what it depends on was set. */
static inline bool rule_holds(const struct rule *rule, const struct model_circumstances *known)
{
	if (rule->departure == DEPARTURE_LINGER2 && !known->linger2)
		return false;
	if (rule->departure == DEPARTURE_TIME_WAIT_FULL && !known->few_time_waits)
		return false;
	return !rule->departure || known->mode == MODEL_LINUX;
}

#endif
