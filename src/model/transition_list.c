#include "model/transition_list.h"

#include "model/arrival_rules.h"
#include "model/call_rules.h"
#include "model/time_rules.h"

/* The rule of a row, and the states that it is for; NULL beyond the last row. */
static const struct rule *row_of(enum transition_kind kind, size_t row, unsigned *states)
{
	switch (kind) {
	case TRANSITION_ARRIVAL:
		if (row >= arrival_rule_count)
			return NULL;
		*states = arrival_rules[row].states;
		return &arrival_rules[row].rule;
	case TRANSITION_CALL:
		if (row >= call_effect_count)
			return NULL;
		*states = call_effects[row].states;
		return &call_effects[row].rule;
	case TRANSITION_TIME:
		/* Programs that are not watched are guessed at, in captures alone. */
		if (row >= time_rule_count || time_rules[row].call)
			return NULL;
		*states = time_rules[row].states;
		return &time_rules[row].rule;
	case TRANSITION_KINDS:
		break;
	}
	return NULL;
}

bool transition_next(size_t from, enum model_mode mode, struct transition *transition)
{
	for (size_t number = from; number < TRANSITIONS; number++) {
		unsigned state = number % STATE_COUNT, states = 0;
		size_t row = number / STATE_COUNT % TRANSITION_ROWS;
		enum transition_kind kind = number / STATE_COUNT / TRANSITION_ROWS;
		const struct rule *rule = row_of(kind, row, &states);

		if (!rule || !(states & 1u << state) || state == STATE_LISTEN ||
		    (rule->departure && mode != MODEL_LINUX))
			continue;
		*transition = (struct transition){ number, kind, rule, (enum tcp_state)state };
		return true;
	}
	return false;
}

void transition_count(const struct transitions *taken, enum model_mode mode, size_t *all,
                      size_t *of_them)
{
	struct transition t;

	*all = *of_them = 0;
	for (size_t n = 0; transition_next(n, mode, &t); n = t.number + 1) {
		*all += 1;
		*of_them += transition_was_taken(taken, t.number);
	}
}

void transitions_add(struct transitions *into, const struct transitions *from)
{
	for (size_t i = 0; i < sizeof(into->bits); i++)
		into->bits[i] |= from->bits[i];
}
