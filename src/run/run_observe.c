/*
 * Looking at the kernel: the state of a connection, a counter, a signal, silence. What is looked at
 * may lag behind on a busy machine, so that a question is asked again for as long as a time may be
 * off before the answer counts.
 */
#include "run/running.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

enum { ASK_AGAIN = 200, JIFFY = 10 * USEC_PER_MSEC }; /* microseconds; the longest jiffy */

/* ---- connections ---- */

/* A socket without a connection (fresh, or bound) is in no table: its own word counts. */
static bool observe_socket(struct running *run, int fd, struct tcp_status *seen)
{
	struct tcp_info info = { 0 };
	socklen_t size = sizeof(info);
	struct host_output outputs[] = {
		{ &info, sizeof(info), OUTPUT_EMPTY },
		{ &size, sizeof(size), OUTPUT_GIVEN },
	};
	struct host_call call = {
		.name = "getsockopt",
		.number = SYS_getsockopt,
		.arguments = { fd, IPPROTO_TCP, TCP_INFO, (long)&info, (long)&size },
		.outputs = outputs,
		.output_count = 2,
	};

	run->host->ops->call(run->host, &call);
	*seen = (struct tcp_status){ .state = (enum tcp_state)info.tcpi_state };
	return call.result == 0;
}

static bool observe_tuple(struct running *run, const struct connection *c, struct tcp_status *seen)
{
	struct tcp_tuple tuple = c->live;

	if (c->phase == CONNECTION_LISTENING)
		tuple.remote_port = 0;
	return run->host->ops->observe(run->host, &tuple, seen);
}

static bool observe_connection(struct running *run, const struct connection *c,
                               struct tcp_status *seen)
{
	int fd;

	if (c->protocol != IPPROTO_TCP)
		return false;
	if (c->phase == CONNECTION_NEW || c->phase == CONNECTION_CONNECTING) {
		*seen = (struct tcp_status){ .state = STATE_CLOSED };
		return descriptors_of(run->descriptors, c, &fd) < 0 ||
		       observe_socket(run, fd, seen);
	}
	return observe_tuple(run, c, seen);
}

bool observe_current(struct running *run, struct tcp_status *state)
{
	return run->connections.current && observe_connection(run, run->connections.current, state);
}

static struct connection *find_subject(struct running *run, const struct observe_want *want)
{
	switch (want->subject) {
	case SUBJECT_CURRENT:
		return run->connections.current;
	case SUBJECT_DESCRIPTOR:
		return descriptors_connection(run->descriptors, want->descriptor);
	case SUBJECT_PORTS:
		return connection_of_ports(&run->connections, want->local_port, want->remote_port);
	}
	return NULL;
}

/* ---- comparing ---- */

static void differ(struct mismatches *mismatches, const char *field, struct range where,
                   const char *want, const char *seen)
{
	struct mismatch *mismatch = mismatch_add(mismatches, field, where);

	if (!mismatch)
		return;
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
	if (want->state != seen->state)
		differ(mismatches, "state", want->state_where, tcp_state_name(want->state),
		       tcp_state_name(seen->state));
	if (want->has_timer && want->timer != seen->timer)
		differ(mismatches, "timer", want->timer_where, tcp_timer_name(want->timer),
		       tcp_timer_name(seen->timer));
	else if (want->has_timer)
		compare_expires(run, mismatches, &want->expires, seen->expires);
	compare_number(mismatches, "retransmits", &want->retransmits, seen->retransmits);
	compare_number(mismatches, "rqueue", &want->receive_queue, seen->receive_queue);
	compare_number(mismatches, "wqueue", &want->send_queue, seen->send_queue);
}

/* ---- one try of each kind: fills in the mismatches; false when it could not be asked ---- */

static bool try_state(struct running *run, const struct observe_want *want, struct tcp_status *seen,
                      struct mismatches *mismatches)
{
	struct connection *c = find_subject(run, want);
	int fd = descriptors_live(run->descriptors, want->descriptor);

	if (!c && want->subject == SUBJECT_DESCRIPTOR && fd >= 0) {
		if (!observe_socket(run, fd, seen))
			return false;
	} else if (!c) {
		*seen = (struct tcp_status){ .state = STATE_CLOSED };
	} else if (want->subject == SUBJECT_PORTS && c->phase == CONNECTION_NEW) {
		/*
		 * The descriptor has left it, by AF_UNSPEC; what the kernel has between the ports
		 * may go on.
		 */
		if (!observe_tuple(run, c, seen))
			return false;
	} else if (!observe_connection(run, c, seen)) {
		return false;
	}
	compare_state(run, want, seen, mismatches);
	return true;
}

static bool try_counter(struct running *run, const struct observe_want *want, int64_t *count,
                        struct mismatches *mismatches)
{
	uint64_t value;

	mismatches->count = 0;
	if (!run->host->ops->counter(run->host, want->name, &value))
		return false;
	*count = (int64_t)value;
	compare_number(mismatches, want->name, &want->number, *count);
	return true;
}

static void try_signal(struct running *run, const struct observe_want *want, int64_t *count,
                       struct mismatches *mismatches)
{
	mismatches->count = 0;
	*count += run->host->ops->signals(run->host, want->signal);
	compare_number(mismatches, want->name, &want->number, *count);
}

static bool try_once(struct running *run, const struct observe_want *want, int64_t *count,
                     struct tcp_status *seen)
{
	struct mismatches *mismatches = &run->verdict->mismatches;

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

static bool fail_observed(struct running *run, const struct step *step)
{
	const struct mismatch *first = &run->verdict->mismatches.list[0];
	struct range where = step->where;

	if (first->where.end)
		where = first->where;
	return run_fail(run, step->where, where, "%s is %s, not %s", first->field, first->seen,
	                first->want);
}

static bool observe_silence(struct running *run, const struct step *step)
{
	const struct queued *left = packet_left(run);

	return !left || packet_unexpected(run, left, step->where, "there was to be silence");
}

bool step_observe(struct running *run, const struct step *step)
{
	const struct observe_want *want = step->observe;
	struct tcp_status seen = { 0 };
	int64_t count = 0;

	usec_t at = run_now(run), latest = run->due + run->settings->tolerance;
	if (want->kind == OBSERVE_SILENCE)
		return observe_silence(run, step);
	run_note_lateness(run, at);
	for (;;) {
		if (!try_once(run, want, &count, &seen))
			return run_end(run, VERDICT_INVALID, step->where, "%s", run->host->error);
		if (!run->verdict->mismatches.count || run_now(run) > latest)
			break;
		if (!run_wait_until(run, run_now(run) + ASK_AGAIN))
			return false;
	}
	struct event *event = run_event(run, EVENT_OBSERVED, step->where, at);
	event->late = at - run->due;
	event->state = seen;
	event->result = (long)count;
	/* Looking takes no time: what comes next counts from when we were to look. */
	run->over = run->due > run->previous_over ? run->due : run->previous_over;
	run_tell(run, event);
	return !run->verdict->mismatches.count || fail_observed(run, step);
}
