/*
 * SEGMENT ARRIVES: what RFC 9293 3.10.7 says about a segment that arrives, in the order of the RFC,
 * with the additions of RFC 5961, 7323, 1337 and 6191.
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

/*
 * A row applies in `states`, when `when` says so. Then reply, effect and next are done in this
 * order.
 */
struct arrival_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct arrival *arrival);
	bool open; /* the row may be applied or not: both are right */
	enum reply reply;
	enum binding binding;
	void (*effect)(struct tcb *tcb, const struct arrival *arrival);
	enum next next;
};

extern const struct arrival_rule arrival_rules[];
extern const size_t arrival_rule_count;

/* The index of the row where the sixth step begins. */
size_t arrival_rule_text(void);

/*
 * Applies the rules to `tcb`. What it may be afterwards is written to `after`, which has room for
 * `room` of them: one, or several when rules are open. Returns how many there are, which may be
 * more than the room.
 */
size_t arrival_apply(const struct tcb *tcb, const struct arrival *arrival, struct tcb *after,
                     size_t room);

#endif
