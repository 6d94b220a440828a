/*
 * All transitions that the model has: a rule that an arriving segment, a call, or time takes, in
 * each state that the rule is for. A rule is noted as taken (transitions.h) when what was judged
 * may have taken it: where the rules leave two ways open both are.
 */
#ifndef TCPCLOSE_MODEL_TRANSITION_LIST_H
#define TCPCLOSE_MODEL_TRANSITION_LIST_H

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/transitions.h"

struct transition {
	size_t number; /* of its bit */
	enum transition_kind kind;
	const struct rule *rule;
	enum tcp_state state;
};

/*
 * The first transition whose number is `from` or greater: for (n = 0; transition_next(n, mode, &t);
 * n = t.number + 1). Departures are among them when `mode` is MODEL_LINUX. False: there is none.
 */
bool transition_next(size_t from, enum model_mode mode, struct transition *transition);

/* How many there are, and how many of them were taken. */
void transition_count(const struct transitions *taken, enum model_mode mode, size_t *all,
                      size_t *of_them);

/* What `from` has taken is taken in `into`, too. */
void transitions_add(struct transitions *into, const struct transitions *from);

#endif
