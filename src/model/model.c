#include "model/model.h"

#include <string.h>

#include "model/arrival_rules.h"
#include "model/icmp_rules.h"
#include "model/look_rules.h"
#include "model/poll_rules.h"
#include "model/send_rules.h"
#include "model/signal_rules.h"
#include "model/time_rules.h"

enum {
	UNSEEN_STEPS = 3
}; /* so many may follow each other: the program closes, it aborts, a timer ends the connection */

void model_init(struct model *model, struct tcb *candidates, size_t room,
                const struct model_circumstances *circumstances, usec_t now, bool middle)
{
	memset(model, 0, sizeof(*model));
	model->candidates = candidates;
	model->room = (uint8_t)(room < MODEL_CANDIDATES ? room : MODEL_CANDIDATES);
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

void model_listener_closed(struct model *model)
{
	for (unsigned i = 0; i < model->count; i++)
		model->candidates[i].listener_gone = true;
}

void model_urgent_in_line(struct model *model, bool in_line)
{
	for (unsigned i = 0; i < model->count; i++) {
		struct tcb *tcb = &model->candidates[i];

		tcb->contradicted |= tcb->urgent && tcb->urgent_in_line != in_line;
		tcb->urgent_in_line = in_line;
	}
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

/*
 * Reduces a candidate to what decides what it may still do, when it has no deadlines: two
 * candidates that differ only in times, answers and windows become equal. A candidate that is
 * CLOSED has no past.
 */
static struct tcb essence(const struct tcb *tcb)
{
	struct tcb copy = *tcb;

	if (tcb->state == STATE_CLOSED)
		tcb_init(&copy, 0);
	copy.begun = copy.entered = copy.since = copy.unacked = copy.sent_first = copy.repeated =
		copy.repeat_by = 0;
	copy.round_trip = copy.challenged = copy.stamp_at = copy.arrived = copy.acked = 0;
	copy.stamped = copy.due_by = copy.stuck = copy.gap = 0;
	copy.slow = false;
	copy.offered = copy.has_offered = 0;
	copy.flow_label = copy.sent_any = copy.sent_here = 0;
	copy.snd_end = copy.snd_wl1 = copy.snd_edge = copy.max_window = copy.rcv_edge =
		copy.last_ack = copy.way_ack = 0;
	copy.stamp_recent = copy.stamp_newest = copy.stamp_sent = 0;
	copy.sent_end = 0;
	copy.listener_gone = copy.heard = copy.answered = copy.probed = false;
	copy.repeats = copy.reply_count = copy.generation = 0;
	memset(&copy.counted, 0, sizeof(copy.counted));
	copy.raised = copy.may_raise = 0;
	memset(copy.replies, 0, sizeof(copy.replies));
	return copy;
}

/*
 * When the essence of two is equal, one of them is kept, and may from then on do what either of
 * them may do.
 */
static bool merge(struct tcb *kept, const struct tcb *tcb)
{
	struct tcb a = essence(kept), b = essence(tcb);

	if (memcmp(&a, &b, sizeof(a)))
		return false;
	if (tcb->since < kept->since)
		kept->since = tcb->since;
	if (seq_before(kept->snd_edge, tcb->snd_edge))
		kept->snd_edge = tcb->snd_edge;
	if (tcb->max_window > kept->max_window)
		kept->max_window = tcb->max_window;
	kept->heard &= tcb->heard;
	for (unsigned i = 0; i < tcb->reply_count && kept->reply_count < TCB_REPLIES; i++)
		kept->replies[kept->reply_count++] = tcb->replies[i];
	return true;
}

/*
 * What candidates may become after they have moved. When there are too many to keep, the connection
 * is not judged any more, because no judgment is better than a wrong one.
 */
struct moved {
	struct tcb list[MODEL_CANDIDATES];
	size_t count, room;
	bool timed; /* there are deadlines */
};

static struct moved moved_new(const struct model *model)
{
	struct moved moved;

	moved.count = 0;
	moved.room = model->room;
	moved.timed = model->circumstances->arrivals_known;
	return moved;
}

static void moved_add(struct moved *moved, const struct tcb *tcb)
{
	for (size_t i = 0; i < moved->count && i < moved->room; i++)
		if (moved->timed ? !memcmp(&moved->list[i], tcb, sizeof(*tcb))
		                 : merge(&moved->list[i], tcb))
			return;
	if (moved->count < moved->room)
		moved->list[moved->count] = *tcb;
	moved->count++;
}

static void take_moved(struct model *model, const struct moved *moved)
{
	if (moved->count > moved->room) {
		model_silence(model);
		return;
	}
	memcpy(model->candidates, moved->list, moved->count * sizeof(moved->list[0]));
	model->count = (uint8_t)moved->count;
}

/* ---- what is seen of the endpoint ---- */

/*
 * One thing that is seen of the endpoint. A candidate that cannot have done it is removed; one that
 * can has done it.
 */
struct seen {
	enum { SEEN_SEGMENT, SEEN_RESULT, SEEN_STATE, SEEN_POLL, SEEN_SIGNAL, SEEN_TIME } kind;
	const struct segment *segment;
	const struct call *call;
	struct tcp_status status;
	short events, revents;
	unsigned reasons; /* enum signal_reason: whether signals for them came */
	bool came;
	usec_t at;
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
		return call_judge(tcb, seen->call, model->circumstances);
	case SEEN_STATE:
		return look_judge(tcb, &seen->status, seen->at, model->circumstances);
	case SEEN_POLL:
		tcb->error_queue = model->circumstances->errors_queued;
		return poll_judge(tcb, seen->events, seen->revents);
	case SEEN_SIGNAL:
		return signal_judge(tcb, seen->reasons, seen->came);
	case SEEN_TIME:
		return time_overdue(tcb, seen->at, model->circumstances);
	}
	return NULL;
}

/*
 * Of two rules about sending, returns the one further down the table: the candidate has kept all
 * rules above it.
 */
static const struct rule *further(const struct rule *a, const struct rule *b)
{
	const struct rule *first = &send_rules[0].rule,
			  *last = &send_rules[send_rule_count - 1].rule;
	bool comparable = a && b && a >= first && a <= last && b >= first && b <= last;

	return !a || (comparable && b > a) ? b : a;
}

/*
 * Tries `from`, after `steps` steps that nobody saw. What is left of it goes into `left`. Returns
 * the rule that removed it.
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
		time_rule_apply(&time_rules[i], &tcb, seen->at);
		signals_unknown(&tcb);
		if (!memcmp(&tcb, from, sizeof(tcb)))
			continue;
		size_t before = left->count;

		broken = further(broken, filter(model, seen, &tcb, steps - 1, left));
		if (left->count > before)
			transition_note(model->circumstances->taken, TRANSITION_TIME, i,
			                from->state);
	}
	return broken;
}

/*
 * A connection that is gone sends something. When frames may be missing, the missing ones may have
 * opened a new connection.
 */
static bool begins_unseen(struct model *model, const struct seen *seen)
{
	if (model->circumstances->arrivals_known || seen->kind != SEEN_SEGMENT ||
	    model_states(model) != IN(CLOSED))
		return false;
	tcb_init_unknown(&model->candidates[0], seen->at);
	model->count = 1;
	return true;
}

/* What may be sent since the last event, and was not yet, has to be sent at once. */
static void note_duties(struct model *model)
{
	const struct model_circumstances *known = model->circumstances;

	if (!known->calls_known || !known->arrivals_known)
		return;
	for (unsigned i = 0; i < model->count; i++) {
		struct tcb *tcb = &model->candidates[i];

		if (!tcb_is_stuck(tcb))
			tcb->stuck = USEC_FOREVER;
		else if (tcb->stuck == USEC_FOREVER)
			tcb->stuck = model->now;
		if (!tcb_may_send_on(tcb, known->corked))
			tcb->due_by = USEC_FOREVER;
		else if (tcb->due_by == USEC_FOREVER)
			tcb->due_by = model->now + known->slack;
	}
}

/*
 * What timers did is as likely for one candidate as for another, so each makes as many steps as it
 * needs. Returns the rule that removed the last one; NULL when some are left, and taken.
 */
static const struct rule *step_each(struct model *model, const struct seen *seen)
{
	const struct rule *broken = NULL;
	struct moved left = moved_new(model);

	for (unsigned i = 0; i < model->count; i++) {
		size_t before = left.count;

		for (unsigned steps = 0; steps <= UNSEEN_STEPS && left.count == before; steps++)
			broken = further(broken,
			                 filter(model, seen, &model->candidates[i], steps, &left));
	}
	if (left.count == 0)
		return broken;
	take_moved(model, &left);
	return NULL;
}

static bool see_time(struct model *model, const struct seen *seen)
{
	const struct rule *broken;
	unsigned overdue = 0;

	for (unsigned i = 0; i < model->count; i++)
		overdue +=
			time_overdue(&model->candidates[i], seen->at, model->circumstances) != NULL;
	broken = overdue ? step_each(model, seen) : NULL;
	return broken && find(model, broken, seen->at, 0);
}

/*
 * Finds the smallest number of unseen steps that explains what is seen, if any number does. Where
 * the program is not watched, a candidate that made fewer is the likelier one.
 */
static bool see(struct model *model, const struct seen *seen, uint64_t place)
{
	const struct rule *broken = NULL;

	if (model->circumstances->calls_known) {
		broken = step_each(model, seen);
		if (!broken)
			return false;
	}
	for (unsigned steps = 0; steps <= UNSEEN_STEPS; steps++) {
		struct moved left = moved_new(model);

		for (unsigned i = 0; i < model->count; i++)
			broken = further(broken,
			                 filter(model, seen, &model->candidates[i], steps, &left));
		if (left.count > 0) {
			take_moved(model, &left);
			return false;
		}
	}
	if (begins_unseen(model, seen))
		return see(model, seen, place);
	if (seen->kind == SEEN_STATE)
		model->finding.seen = seen->status.state;
	return find(model, broken, seen->at, place);
}

bool model_time(struct model *model, usec_t now)
{
	struct seen seen = { .kind = SEEN_TIME, .at = now };

	if (model->silent)
		return false;
	note_duties(model);
	if (now > model->now)
		model->now = now;
	return see_time(model, &seen);
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

bool model_state_seen(struct model *model, const struct tcp_status *status, usec_t at,
                      uint64_t place)
{
	struct seen seen = { .kind = SEEN_STATE, .status = *status, .at = at };

	if (status->state == STATE_NEW_SYN_RECV)
		seen.status.state = STATE_SYN_RECV;
	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

bool model_poll_seen(struct model *model, short events, short revents, usec_t at, uint64_t place)
{
	struct seen seen = { .kind = SEEN_POLL, .events = events, .revents = revents, .at = at };

	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

bool model_signals_seen(struct model *model, unsigned reasons, bool came, usec_t at, uint64_t place)
{
	struct seen seen = { .kind = SEEN_SIGNAL, .reasons = reasons, .came = came, .at = at };

	if (model_time(model, at))
		return true;
	return !model->silent && see(model, &seen, place);
}

void model_signals_forget(struct model *model)
{
	for (unsigned i = 0; i < model->count; i++)
		model->candidates[i].raised = model->candidates[i].may_raise = 0;
}

bool model_may_have_expired(const struct model *model, usec_t now)
{
	for (unsigned i = 0; i < model->count; i++)
		for (size_t k = 0; k < time_rule_count; k++)
			if (time_rule_applies(&time_rules[k], &model->candidates[i], now,
			                      model->circumstances))
				return true;
	return false;
}

/* With Fast Open a connection stays when its request has failed, and may do so several times. */
static bool is_of_request(enum counter counter)
{
	return counter == COUNTER_ATTEMPT_FAILS || counter == COUNTER_EMBRYONIC_RSTS;
}

void model_counted(const struct model *model, enum counter counter, unsigned *least, unsigned *most)
{
	bool early = false;

	*least = UINT8_MAX;
	*most = 0;
	for (unsigned i = 0; i < model->count; i++) {
		const struct tcb *tcb = &model->candidates[i];
		unsigned count = counter == COUNTER_CURR_ESTAB
		                         ? tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT))
		                         : tcb->counted.sure[counter];
		unsigned perhaps = tcb->counted.perhaps[counter], more = count + perhaps;

		/* Each change of the state is one that is possible; those by a RST are sure. */
		if (counter == COUNTER_ATTEMPT_FAILS)
			more = count > perhaps ? count : perhaps;

		*least = count < *least ? count : *least;
		*most = more > *most ? more : *most;
		early |= tcb->fast_open;
	}
	/* Of several timers that may have ended it, it is not known which one did. */
	if (counter == COUNTER_ABORT_ON_TIMEOUT || (is_of_request(counter) && early))
		*most = UINT8_MAX;
}

/* ---- what happens to the endpoint ---- */

/* Tells whether the segment changes the endpoint's state. Then it matters whether it arrived. */
static bool matters(const struct tcb *tcb, const struct segment *segment)
{
	unsigned flags = segment->tcp.flags;

	return flags & (TCP_FIN | TCP_RST) ||
	       (flags & TCP_ACK && tcb->fin_sent && !tcb->fin_acked &&
	        seq_before(tcb->fin, segment->tcp.acknowledgment));
}

/* A timer may have expired just before the segment arrived. */
static void expire_before(const struct model *model, const struct tcb *tcb,
                          const struct arrival *arrival, struct moved *moved)
{
	for (size_t i = 0; i < time_rule_count; i++) {
		struct tcb late = *tcb, after[MODEL_CANDIDATES];
		size_t count;

		if (time_rules[i].call ||
		    !time_rule_applies(&time_rules[i], tcb, arrival->at, model->circumstances))
			continue;
		time_rule_apply(&time_rules[i], &late, arrival->at);
		signals_unknown(&late);
		count = arrival_apply(&late, arrival, after, MODEL_CANDIDATES);
		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++)
			moved_add(moved, &after[j]);
	}
}

/* Returns what the endpoint is when the segment is lost on its way. */
static struct tcb without(const struct tcb *tcb, const struct segment *segment)
{
	struct tcb lost = *tcb;

	if (segment->tcp.flags & TCP_FIN && !lost.peer_fin_taken) {
		lost.peer_fin_on_way = true;
		lost.way_ack = segment->tcp.acknowledgment;
		if (!lost.peer_fin_seen)
			lost.peer_fin = seq_end(segment) - 1;
	}
	return lost;
}

static void arrive_at(struct model *model, struct tcb *tcb, const struct arrival *arrival,
                      struct moved *moved)
{
	struct tcb after[MODEL_CANDIDATES];
	size_t count;

	if (tcb_in(tcb, SYNCHRONIZED))
		tcb_meet(tcb, arrival->segment);
	count = arrival_apply(tcb, arrival, after, MODEL_CANDIDATES);
	if (count > MODEL_CANDIDATES)
		model_silence(model);
	for (size_t i = 0; i < count && i < MODEL_CANDIDATES; i++) {
		after[i].answered = after[i].probed = false;
		after[i].arrived = arrival->at;
		signals_arrived(tcb, &after[i]);
		moved_add(moved, &after[i]);
	}
	expire_before(model, tcb, arrival, moved);
	if (!model->circumstances->arrivals_known && matters(tcb, arrival->segment)) {
		after[0] = without(tcb, arrival->segment);
		moved_add(moved, &after[0]);
	}
}

bool model_arrives(struct model *model, const struct segment *segment, usec_t at, uint64_t place)
{
	struct arrival arrival = { segment, at, model->circumstances };
	struct moved moved = moved_new(model);

	if (model_time(model, at))
		return true;
	if (model->silent)
		return false;
	for (unsigned i = 0; i < model->count; i++)
		arrive_at(model, &model->candidates[i], &arrival, &moved);
	take_moved(model, &moved);
	model->cause = place;
	return false;
}

static void icmp_at(const struct model *model, const struct tcb *tcb, const struct segment *segment,
                    usec_t at, struct moved *moved)
{
	struct tcb after[MODEL_CANDIDATES];
	size_t count = icmp_apply(tcb, segment, at, model->circumstances, after, MODEL_CANDIDATES);

	for (size_t i = 0; i < count && i < MODEL_CANDIDATES; i++) {
		signals_unknown(&after[i]);
		moved_add(moved, &after[i]);
	}
}

/* A timer may have expired just before, as before a segment. */
bool model_icmp_arrives(struct model *model, const struct segment *segment, usec_t at)
{
	struct moved moved = moved_new(model);

	if (model_time(model, at))
		return true;
	for (unsigned i = 0; i < model->count && !model->silent; i++) {
		const struct tcb *tcb = &model->candidates[i];

		icmp_at(model, tcb, segment, at, &moved);
		for (size_t k = 0; k < time_rule_count; k++) {
			struct tcb late = *tcb;

			if (time_rules[k].call ||
			    !time_rule_applies(&time_rules[k], tcb, at, model->circumstances))
				continue;
			time_rule_apply(&time_rules[k], &late, at);
			icmp_at(model, &late, segment, at, &moved);
		}
	}
	if (!model->silent)
		take_moved(model, &moved);
	return false;
}

/* ... or before the call. */
static void expire_before_call(const struct model *model, const struct tcb *tcb,
                               const struct call *call, usec_t at, struct moved *moved)
{
	for (size_t i = 0; i < time_rule_count; i++) {
		struct tcb late = *tcb, after[MODEL_CANDIDATES];
		size_t count;

		if (time_rules[i].call ||
		    !time_rule_applies(&time_rules[i], tcb, at, model->circumstances))
			continue;
		time_rule_apply(&time_rules[i], &late, at);
		signals_unknown(&late);
		count = call_apply(&late, call, at, model->circumstances, after, MODEL_CANDIDATES);
		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++)
			moved_add(moved, &after[j]);
	}
}

static void call_all(struct model *model, const struct call *call, usec_t at, bool perhaps)
{
	struct moved moved = moved_new(model);

	for (unsigned i = 0; i < model->count; i++) {
		struct tcb after[MODEL_CANDIDATES];
		size_t count = call_apply(&model->candidates[i], call, at, model->circumstances,
		                          after, MODEL_CANDIDATES);

		for (size_t j = 0; j < count && j < MODEL_CANDIDATES; j++) {
			if (call->kind != CALL_SEND && call->kind != CALL_RECEIVE)
				signals_unknown(&after[j]);
			moved_add(&moved, &after[j]);
		}
		expire_before_call(model, &model->candidates[i], call, at, &moved);
		if (perhaps)
			moved_add(&moved, &model->candidates[i]);
	}
	take_moved(model, &moved);
}

bool model_called(struct model *model, const struct call *call, usec_t at, uint64_t place)
{
	(void)place;
	if (model_time(model, at))
		return true;
	if (!model->silent)
		call_all(model, call, at, false);
	return false;
}

void model_perhaps_called(struct model *model, const struct call *call, usec_t at)
{
	if (!model->silent)
		call_all(model, call, at, true);
}
