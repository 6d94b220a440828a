#include "run/step_observe.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/seconds.h"
#include "run/arrivals.h"
#include "run/extra.h"
#include "run/left_out.h"
#include "run/side.h"
#include "run/look.h"
#include "run/tell.h"
#include "run/wait.h"

enum {
	ASK_AGAIN = 200,
	JIFFY = 10 * USEC_PER_MSEC
}; /* in microseconds; JIFFY is the longest tick of a kernel's timer */

static struct connection *find_subject(struct running *run, const struct observe_want *want)
{
	struct connections *connections = side_connections(run, want->at_peer);

	switch (want->subject) {
	case SUBJECT_CURRENT:
		return connection_meant(connections);
	case SUBJECT_DESCRIPTOR:
		return descriptors_connection(run->actors.descriptors, want->descriptor);
	case SUBJECT_PORTS:
		return connection_of_ports(connections, want->local_port, want->remote_port);
	}
	return NULL;
}

/* ---- comparing ---- */

static void differ(struct mismatches *mismatches, const char *field, struct range where,
                   const char *want, const char *seen)
{
	struct mismatch *mismatch = mismatch_add(mismatches, field, where);

	snprintf(mismatch->want, sizeof(mismatch->want), "%s", want);
	snprintf(mismatch->seen, sizeof(mismatch->seen), "%s", seen);
}

static void compare_number(struct mismatches *mismatches, const char *field,
                           const struct number_range *want, int64_t seen)
{
	char want_text[48], seen_text[24];

	if (!want->wanted || (seen >= want->first && seen <= want->last))
		return;
	if (want->first == want->last)
		snprintf(want_text, sizeof(want_text), "%" PRId64, want->first);
	else
		snprintf(want_text, sizeof(want_text), "%" PRId64 " to %" PRId64, want->first,
		         want->last);
	snprintf(seen_text, sizeof(seen_text), "%" PRId64, seen);
	differ(mismatches, field, want->where, want_text, seen_text);
}

static void compare_expires(struct running *run, struct mismatches *mismatches,
                            const struct number_range *want, usec_t seen)
{
	usec_t tolerance = run->settings->tolerance + JIFFY;
	char want_text[48], seen_text[32];

	if (!want->wanted || (seen >= want->first - tolerance && seen <= want->last + tolerance))
		return;
	if (want->first == want->last)
		snprintf(want_text, sizeof(want_text), "%.3f s",
		         (double)want->first / USEC_PER_SEC);
	else
		snprintf(want_text, sizeof(want_text), "%.3f to %.3f s",
		         (double)want->first / USEC_PER_SEC, (double)want->last / USEC_PER_SEC);
	snprintf(seen_text, sizeof(seen_text), "%.3f s", (double)seen / USEC_PER_SEC);
	differ(mismatches, "time left", want->where, want_text, seen_text);
}

static void compare_state(struct running *run, const struct observe_want *want,
                          const struct tcp_status *seen, struct mismatches *mismatches)
{
	mismatches->count = 0;
	if (want->state && want->state != seen->state)
		differ(mismatches, "state", want->state_where, tcp_state_name(want->state),
		       tcp_state_name(seen->state));
	if (run->only_states)
		return;
	if (want->has_timer && want->timer != seen->timer)
		differ(mismatches, "timer", want->timer_where, tcp_timer_name(want->timer),
		       tcp_timer_name(seen->timer));
	else if (want->has_timer)
		compare_expires(run, mismatches, &want->expires, seen->expires);
	compare_number(mismatches, "retransmits", &want->retransmits, seen->retransmits);
	compare_number(mismatches, "rqueue", &want->receive_queue, seen->receive_queue);
	compare_number(mismatches, "wqueue", &want->send_queue, seen->send_queue);
}

/*
 * Programs at both ends have sockets that no segment has told of: one that listens has remote port
 * 0.
 */
static bool look_at_ports(struct running *run, const struct observe_want *want,
                          struct tcp_status *seen)
{
	const struct addresses *addresses = side_addresses(run, want->at_peer);
	const struct connection c = {
		.at_peer = want->at_peer,
		.phase = want->remote_port ? CONNECTION_OPEN : CONNECTION_LISTENING,
		.live = { .local = addresses->local,
		          .remote = addresses->remote,
		          .local_port = want->local_port,
		          .remote_port = want->remote_port },
	};

	return look_at_tuple(run, &c, seen);
}

/*
 * ---- one look of each kind: fills in the mismatches; false when the question could not be asked
 * ----
 */

static bool try_state(struct running *run, const struct observe_want *want, struct tcp_status *seen,
                      struct mismatches *mismatches)
{
	struct connection *c = find_subject(run, want);
	int fd = descriptors_live(run->actors.descriptors, want->descriptor);

	if (!c && want->subject == SUBJECT_PORTS && run->settings->real_peer) {
		if (!look_at_ports(run, want, seen))
			return false;
	} else if (!c && want->subject == SUBJECT_DESCRIPTOR && fd >= 0) {
		if (!look_at_descriptor(run, fd, seen))
			return false;
	} else if (!c) {
		*seen = (struct tcp_status){ .state = STATE_CLOSED };
	} else if (want->subject == SUBJECT_PORTS && c->phase == CONNECTION_NEW) {
		/*
		 * The descriptor has left the connection by AF_UNSPEC. What the kernel has between
		 * the ports may continue.
		 */
		if (!look_at_tuple(run, c, seen))
			return false;
	} else if (!look_at_connection(run, c, seen)) {
		return false;
	}
	compare_state(run, want, seen, mismatches);
	return true;
}

static bool try_counter(struct running *run, const struct observe_want *want, int64_t *count,
                        struct mismatches *mismatches)
{
	struct host *host = side_host(run, want->at_peer);
	uint64_t value;

	mismatches->count = 0;
	if (!host->look->counter(host, want->name, &value))
		return false;
	*count = (int64_t)value;
	compare_number(mismatches, want->name, &want->number, *count);
	return true;
}

static void try_signal(struct running *run, const struct observe_want *want, int64_t *count,
                       struct mismatches *mismatches)
{
	mismatches->count = 0;
	*count += run->host->look->signals(run->host, want->signal);
	compare_number(mismatches, want->name, &want->number, *count);
}

static bool try_once(struct running *run, const struct observe_want *want, int64_t *count,
                     struct tcp_status *seen)
{
	struct mismatches *mismatches = &run->teller.evidence->mismatches;

	switch (want->kind) {
	case OBSERVE_STATE:
		return try_state(run, want, seen, mismatches);
	case OBSERVE_COUNTER:
		return try_counter(run, want, count, mismatches);
	case OBSERVE_SIGNAL:
		try_signal(run, want, count, mismatches);
		return true;
	case OBSERVE_SILENCE:
		break;
	}
	return true;
}

/* A range stays one: it becomes wide enough. */
static void mend_number(struct edits *edits, const struct number_range *want, int64_t seen)
{
	if (!want->wanted || (seen >= want->first && seen <= want->last))
		return;
	if (want->first == want->last)
		edits_add(edits, EDIT_WORDS, want->where, "%" PRId64, seen);
	else if (seen < want->first)
		edits_add(edits, EDIT_WORDS, want->where, "%" PRId64 "~%" PRId64, seen, want->last);
	else
		edits_add(edits, EDIT_WORDS, want->where, "%" PRId64 "~%" PRId64, want->first,
		          seen);
}

/* "0.2", "60": hundredths of a second are less than what it may be off. */
static void mend_expires(struct edits *edits, struct range where, usec_t expires)
{
	const usec_t unit = 10 * USEC_PER_MSEC;
	char text[SECONDS_TEXT];

	seconds_print((expires + unit / 2) / unit * unit, text);
	edits_add(edits, EDIT_WORDS, where, "%s", text);
}

static void mend_timer(struct edits *edits, const struct observe_want *want,
                       const struct tcp_status *seen)
{
	if (want->timer != seen->timer)
		edits_add(edits, EDIT_WORDS, want->timer_where, "%s", tcp_timer_name(seen->timer));
	if (want->expires.wanted && seen->timer == TIMER_NONE)
		edits_add(edits, EDIT_WORDS, want->expires.where, "%s", "");
	else if (want->expires.wanted)
		mend_expires(edits, want->expires.where, seen->expires);
}

static void mend_observed(struct running *run, const struct observe_want *want,
                          const struct tcp_status *seen, int64_t count)
{
	struct edits *edits = &run->teller.evidence->edits;
	const struct mismatches *mismatches = &run->teller.evidence->mismatches;

	mend_number(edits, &want->number, count);
	if (want->kind != OBSERVE_STATE)
		return;
	for (size_t i = 0; i < mismatches->count; i++)
		if (!strcmp(mismatches->list[i].field, "timer") ||
		    !strcmp(mismatches->list[i].field, "time left"))
			mend_timer(edits, want, seen);
	if (want->state && want->state != seen->state)
		edits_add(edits, EDIT_WORDS, want->state_where, "%s", tcp_state_name(seen->state));
	if (run->only_states)
		return;
	mend_number(edits, &want->retransmits, seen->retransmits);
	mend_number(edits, &want->receive_queue, seen->receive_queue);
	mend_number(edits, &want->send_queue, seen->send_queue);
}

static bool fail_observed(struct running *run, const struct step *step,
                          const struct tcp_status *seen, int64_t count)
{
	const struct mismatch *first = &run->teller.evidence->mismatches.list[0];
	struct range where = step->where;

	if (first->where.end)
		where = first->where;
	mend_observed(run, step->observe, seen, count);
	return run_fail_or_warn(run, false, step->where, where, "%s is %s, not %s", first->field,
	                        first->seen, first->want);
}

static bool observe_silence(struct running *run, const struct step *step)
{
	struct queued *left = run->queue.first;

	for (; run->settings->bless && left && !left->bad; left = run->queue.first)
		extra_take(run, left);
	return !left || packet_unexpected(run, left, step->where, "the script wants silence here");
}

/* A look takes no time: what comes next counts from when we were to look. */
static void take_no_time(struct timing *timing)
{
	timing_over(timing,
	            timing->due > timing->previous.over ? timing->due : timing->previous.over);
}

bool step_observe(struct running *run, const struct step *step)
{
	const struct observe_want *want = step->observe;
	struct tcp_status seen = { 0 };
	int64_t count = 0;

	usec_t at = timing_now(&run->timing), latest = run->timing.due + run->settings->tolerance;
	if (want->kind == OBSERVE_SILENCE)
		return observe_silence(run, step);
	run_note_lateness(run, at);
	if (want->kind == OBSERVE_STATE && left_out_states(run->host)) {
		take_no_time(&run->timing);
		return true;
	}
	for (;;) {
		if (!try_once(run, want, &count, &seen))
			return run_end(run, ENDING_BROKEN, step->where, "%s",
			               side_host(run, want->at_peer)->error);
		if (!run->teller.evidence->mismatches.count || timing_now(&run->timing) > latest)
			break;
		if (!run_wait_until(run, timing_now(&run->timing) + ASK_AGAIN))
			return false;
	}
	struct event *event = run_event(run, EVENT_OBSERVED, step->where, at);
	event->late = at - run->timing.due;
	event->state = seen;
	event->result = (long)count;
	event->as_written =
		!want->number.wanted || (count == want->number.first && count == want->number.last);
	take_no_time(&run->timing);
	run_tell(run, event);
	if (run->teller.evidence->mismatches.count && !fail_observed(run, step, &seen, count))
		return false;
	lateness_held(&run->lateness);
	return true;
}
