/*
 * ICMP errors about a segment that the endpoint has sent (RFC 9293 3.9.2.2, RFC 1122 4.2.3.9,
 * RFC 5461, RFC 5927).
 */
#ifndef TCPCLOSE_MODEL_ICMP_RULES_H
#define TCPCLOSE_MODEL_ICMP_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

struct icmp_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct segment *segment);
	bool open; /* the row may be applied, or those below: both are right */
	void (*effect)(struct tcb *tcb, usec_t now);
};

extern const struct icmp_rule icmp_rules[];
extern const size_t icmp_rule_count;

/* Like arrival_apply(). `segment` is ICMP, or ICMPv6, with a quote of TCP. */
size_t icmp_apply(const struct tcb *tcb, const struct segment *segment, usec_t now,
                  const struct model_circumstances *circumstances, struct tcb *after, size_t room);

#endif
