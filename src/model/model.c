#include "model/model.h"

#include <string.h>

#include "model/arrival_rules.h"
#include "model/send_rules.h"
#include "model/time_rules.h"

enum { UNSEEN_STEPS = 3 }; /* one after the other: the program closes, aborts, a timer ends it */

void model_init(struct model *model, const struct circumstances *circumstances, usec_t now,
                bool middle)
{
	memset(model, 0, sizeof(*model));
	model->circumstances = circumstances;
	model->count = 1;
	model->now = now;
	if (middle)
		tcb_init_unknown(&model->candidates[0], now);
	else
		tcb_init(&model->candidates[0], now);
}

void model_silence(struct model *model)
{
	model->silent = true;
}

unsigned model_states(const struct model *model)
{
	unsigned states = 0;

	for (unsigned i = 0; i < model->count; i++)
		states |= 1u << model->candidates[i].state;
	return states;
}

static bool find(struct model *model, const struct rule *rule, usec_t at, uint64_t place)
{
	model->finding.rule = rule;
	model->finding.at = at;
	model->finding.place = place;
	model->finding.cause = model->cause;
	model->finding.state = (enum tcp_state)model->candidates[0].state;
	model->silent = true;
	return true;
}

/* ---- candidates ---- */

static bool listed(const struct tcb *list, size_t count, const struct tcb *tcb)
{
	for (size_t i = 0; i < count; i++)
		if (!memcmp(&list[i], tcb, sizeof(*tcb)))
			return true;
	return false;
}

/*
 * What moved candidates may have become. Too many to keep: the connection is not judged any more,
 * which is better than to judge it wrongly.
 */
struct moved {
	struct tcb list[MODEL_CANDIDATES];
	size_t count;
};

static void moved_add(struct moved *moved, const struct tcb *tcb)
{
	if (moved->count <= MODEL_CANDIDATES && listed(moved->list, moved->count, tcb))
		return;
	if (moved->count < MODEL_CANDIDATES)
		moved->list[moved->count] = *tcb;
	moved->count++;
}

static void take_moved(struct model *model, const struct moved *moved)
{
	if (moved->count > MODEL_CANDIDATES) {
		model_silence(model);
		return;
	}
	memcpy(model->candidates, moved->list, moved->count * sizeof(moved->list[0]));
	model->count = (uint8_t)moved->count;
}

/* ---- what is seen ---- */

/* One thing that is seen of the endpoint: may a candidate have done it? If so, it has. */
struct seen {
	enum { SEEN_SEGMENT, SEEN_RESULT, SEEN_STATE, SEEN_TIME } kind;
	const struct segment *segment;
	const struct call *call;
	enum tcp_state state;
	usec_t at;
};

static const struct rule state_rule = {
	"state",
	"RFC 9293 3.3.2, figure 5",
	"the state follows from the segments and calls before",
	DEPARTURE_NONE,
};

static const struct rule *judge_one(const struct model *model, const struct seen *seen,
                                    struct tcb *tcb)
{
	struct sending sending = { seen->segment, seen->at, model->circumstances };
	const struct rule *broken;

	switch (seen->kind) {
	case SEEN_SEGMENT:
		broken = send_judge(tcb, &sending);
		if (!broken)
			tcb_sent(tcb, seen->segment, seen->at);
		return broken;
	case SEEN_RESULT:
		return call_judge(tcb, seen->call);
	case SEEN_STATE:
		return tcb->state == seen->state ? NULL : &state_rule;
	case SEEN_TIME:
		return time_overdue(tcb, seen->at, model->circumstances);
	}
	return NULL;
}

/*
 * Puts what is left of `from` into `left`, after `steps` unseen steps each. Returns the first rule
 * that took one away.
 */
static const struct rule *filter(const struct model *model, const struct seen *seen,
                                 const struct tcb *from, unsigned steps, struct moved *left)
{
	struct tcb tcb = *from;
	const struct rule *broken = NULL;

	if (steps == 0) {
		broken = judge_one(model, seen, &tcb);
		if (!broken)
			moved_add(left, &tcb);
		return broken;
	}
	for (size_t i = 0; i < time_rule_count; i++) {
		if (!time_rule_applies(&time_rules[i], from, seen->at, model->circumstances))
			continue;
		tcb = *from;
		time_rules[i].effect(&tcb, seen->at);
		if (memcmp(&tcb, from, sizeof(tcb)))
			filter(model, seen, &tcb, steps - 1, left);
	}
	return NULL;
}

/* The fewest unseen steps that explain it, if any do. */
static bool see(struct model *model, const struct seen *seen, uint64_t place)
{
	const struct rule *broken = NULL;

	for (unsigned steps = 0; steps <= UNSEEN_STEPS; steps++) {
		struct moved left = { .count = 0 };

		for (unsigned i = 0; i < model->count; i++) {
			const struct rule *rule =
				filter(model, seen, &model->candidates[i], steps, &left);

			if (!broken)
				broken = rule;
		}
		if (left.count > 0) {
			take_moved(model, &left);
			return false;
		}
	}
	if (seen->kind == SEEN_STATE)
		model->finding.seen = seen->state;
	return find(model, broken, seen->at, place);
}

bool model_time(struct model *model, usec_t now)
{
	struct seen seen = { .kind = SEEN_TIME, .at = now };

	if (model->silent)
		return false;
	if (now > model->now)
		model->now = now;
	return see(model, &seen, 0);
}

bool model_sends(struct model *model, const struct segment *segment, usec_t at, uint64_t place)
{
	struct seen seen = { .kind = SEEN_SEGMENT, .segment = segment, .at = at };

	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

bool model_returned(struct model *model, const struct call *call, usec_t at, uint64_t place)
{
	struct seen seen = { .kind = SEEN_RESULT, .call = call, .at = at };

	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

bool model_state_seen(struct model *model, enum tcp_state state, usec_t at, uint64_t place)
{
	struct seen seen = { .kind = SEEN_STATE, .state = state, .at = at };

	if (state == STATE_NEW_SYN_RECV)
		seen.state = STATE_SYN_RECV;
	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

/* ---- what happens to it ---- */

/* Does it change what state the endpoint is in? Then it matters whether it came. */
static bool matters(const struct tcb *tcb, const struct segment *segment)
{
	unsigned flags = segment->tcp.flags;

	return flags & (TCP_SYN | TCP_FIN | TCP_RST) ||
	       (flags & TCP_ACK && tcb->fin_sent && !tcb->fin_acked &&
	        seq_before(tcb->fin, segment->tcp.acknowledgment));
}

/* A timer may have run out just before, and the segment met what that left. */
static void expire_before(const struct model *model, const struct tcb *tcb,
                          const struct arrival *arrival, struct moved *moved)
{
	for (size_t i = 0; i < time_rule_count; i++) {
		struct tcb late = *tcb, after[MODEL_CANDIDATES];
		size_t count;

		if (time_rules[i].call ||
		    !time_rule_applies(&time_rules[i], tcb, arrival->at, model->circumstances))
			continue;
		time_rules[i].effect(&late, arrival->at);
		count = arrival_apply(&late, arrival, after, MODEL_CANDIDATES);
		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++)
			moved_add(moved, &after[j]);
	}
}

bool model_arrives(struct model *model, const struct segment *segment, usec_t at, uint64_t place)
{
	struct arrival arrival = { segment, at, model->circumstances };
	struct moved moved = { .count = 0 };

	if (model_time(model, at))
		return true;
	if (model->silent)
		return false;
	for (unsigned i = 0; i < model->count; i++) {
		struct tcb *tcb = &model->candidates[i], after[MODEL_CANDIDATES];
		size_t count = arrival_apply(tcb, &arrival, after, MODEL_CANDIDATES);

		if (count > MODEL_CANDIDATES)
			model_silence(model);
		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++) {
			after[j].answered = false;
			moved_add(&moved, &after[j]);
		}
		expire_before(model, tcb, &arrival, &moved);
		if (!model->circumstances->arrivals_known && matters(tcb, segment))
			moved_add(&moved, tcb);
	}
	take_moved(model, &moved);
	model->cause = place;
	return false;
}

bool model_called(struct model *model, const struct call *call, usec_t at, uint64_t place)
{
	struct moved moved = { .count = 0 };

	(void)place;
	if (model_time(model, at))
		return true;
	if (model->silent)
		return false;
	for (unsigned i = 0; i < model->count; i++) {
		struct tcb after[MODEL_CANDIDATES];
		size_t count = call_apply(&model->candidates[i], call, at, model->circumstances,
		                          after, MODEL_CANDIDATES);

		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++)
			moved_add(&moved, &after[j]);
	}
	take_moved(model, &moved);
	return false;
}
