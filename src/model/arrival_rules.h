/*
 * SEGMENT ARRIVES: what RFC 9293 3.10.7 says of a segment that arrives, in the RFC's order, with
 * what RFC 5961, 7323, 1337 and 6191 add to it.
 */
#ifndef TCPCLOSE_MODEL_ARRIVAL_RULES_H
#define TCPCLOSE_MODEL_ARRIVAL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

struct arrival {
	const struct segment *segment; /* TCP */
	usec_t at;
	const struct model_circumstances *circumstances;
};

enum next {
	NEXT,   /* go on with the row below */
	STOP,   /* the segment is done with */
	SECOND, /* go on at the second step */
	TEXT,   /* go on at the sixth step */
};

/* A row applies in `states`, when `when` says so. What it does comes in the order of its fields. */
struct arrival_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct arrival *arrival);
	bool open; /* it may be done, or left: both are right */
	enum reply reply;
	enum binding binding;
	void (*effect)(struct tcb *tcb, const struct arrival *arrival);
	enum next next;
};

extern const struct arrival_rule arrival_rules[];
extern const size_t arrival_rule_count;

/* Where the sixth step and those behind it begin, as an index of the table. */
size_t arrival_rule_text(void);

/*
 * Applies the rules to `tcb` and puts what it may be afterwards into `after`, of room `room`: one,
 * or several where the rules are open. Returns how many there are, though it be more than the room.
 */
size_t arrival_apply(const struct tcb *tcb, const struct arrival *arrival, struct tcb *after,
                     size_t room);

#endif
