#define _GNU_SOURCE /* struct mmsghdr */
#include "run/calls.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>

#include "run/call_check.h"
#include "run/call_memory.h"
#include "run/call_put.h"
#include "run/passing.h"
#include "run/patience.h"
#include "run/ring.h"
#include "run/side.h"
#include "run/tell.h"

/* ---- what a call does to descriptors and connections ---- */

static uint8_t protocol_of_socket(const struct call_want *want)
{
	int64_t type = call_argument_of(want, ARG_TYPE)->number & 0xf,
		protocol = call_argument_of(want, ARG_PROTOCOL)->number;

	if (type == SOCK_DGRAM && (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6))
		return (uint8_t)protocol;
	return type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
}

static void after_accept(struct running *run, const struct live_call *call)
{
	const struct sockaddr_storage *storage = (void *)call_argument(call, ARG_ADDRESS_OUT);
	struct ip_address address;
	uint16_t port = 0;

	if (storage)
		ip_address_from_sockaddr(storage, &address, &port);
	struct connection *c =
		connection_to_accept(side_connections(run, side_of_call(run, call->want)), port);
	if (c)
		c->phase = CONNECTION_OPEN;
	descriptors_open(run->actors.descriptors, (int)call->want->result.number,
	                 (int)call->host.result, c);
}

static void after_pair(struct running *run, const struct live_call *call)
{
	const struct value *pair = call_argument_of(call->want, ARG_PAIR_OUT);
	const int script[] = { (int)pair->items[0].number, (int)pair->items[1].number };

	descriptors_open_pair(run->actors.descriptors, script,
	                      (void *)call_argument(call, ARG_PAIR_OUT));
}

/* Descriptors in messages. */
static void after_messages(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	const struct value *one_in = call_argument_of(want, ARG_MESSAGE_IN),
			   *one_out = call_argument_of(want, ARG_MESSAGE_OUT),
			   *in = call_argument_of(want, ARG_MESSAGES_IN),
			   *out = call_argument_of(want, ARG_MESSAGES_OUT);
	struct mmsghdr *live = (void *)call_argument(call, ARG_MESSAGES_OUT);

	if (one_in)
		passing_sent(run, call, one_in);
	if (one_out)
		passing_received(run, call, one_out, (void *)call_argument(call, ARG_MESSAGE_OUT));
	for (size_t i = 0; in && i < in->count && i < (size_t)call->host.result; i++)
		passing_sent(run, call, call_member(&in->items[i], "msg_hdr"));
	for (size_t i = 0; out && i < out->count && i < (size_t)call->host.result; i++)
		passing_received(run, call, call_member(&out->items[i], "msg_hdr"),
		                 &live[i].msg_hdr);
}

static void after_ring(struct running *run, const struct live_call *call)
{
	const struct value *requests = call_argument_of(call->want, ARG_REQUESTS),
			   *completions = call_argument_of(call->want, ARG_COMPLETIONS);

	if (requests)
		ring_submitted(run, requests, (size_t)call->host.result);
	if (completions)
		ring_completed(run, call, completions,
		               (void *)call_argument(call, ARG_COMPLETIONS));
}

static void after_call(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int result = (int)call->host.result, script = (int)want->result.number;
	struct connection *c = call->connection;

	if (call->host.result < 0)
		return;
	after_messages(run, call);
	after_ring(run, call);
	switch (want->row->effect) {
	case EFFECT_SOCKET:
		c = connection_new(side_connections(run, side_of_call(run, want)),
		                   protocol_of_socket(want));
		break;
	case EFFECT_LISTEN:
		if (c) {
			c->phase = CONNECTION_LISTENING;
			c->live.local_port = run->settings->bind_port;
		}
		break;
	case EFFECT_ACCEPT:
		after_accept(run, call);
		return;
	case EFFECT_CLOSE:
		descriptors_close(run->actors.descriptors,
		                  (int)call_argument_of(want, ARG_FD)->number);
		return;
	case EFFECT_CLOSE_RANGE:
		if (!call_only_marks(want))
			descriptors_close_range(run->actors.descriptors,
			                        call_argument_of(want, ARG_FIRST_FD)->number,
			                        call_argument_of(want, ARG_LAST_FD)->number);
		return;
	case EFFECT_PAIR:
		after_pair(run, call);
		return;
	case EFFECT_NONE:
	case EFFECT_CONNECT:
	case EFFECT_SEND_TO:
	case EFFECT_DUP:
		break;
	}
	if (want->row->result == RESULT_DESCRIPTOR) {
		bool socket = want->row->effect == EFFECT_SOCKET || want->row->effect == EFFECT_DUP;

		descriptors_open(run->actors.descriptors, script, result, socket ? c : NULL);
	}
}

/* ---- the end of a call ---- */

void calls_add(struct running *run, struct live_call *call)
{
	call->next = run->calls.pending;
	run->calls.pending = call;
}

void calls_take_back(struct running *run, struct live_call *call)
{
	struct live_call **link = &run->calls.pending;

	while (*link != call)
		link = &(*link)->next;
	*link = call->next;
}

/* The script says a number, and with an error its name, and that is what came. */
static bool is_as_written(const struct call_want *want, const struct event *event)
{
	return want->result.kind != VALUE_ANY && event->result == want->result.number &&
	       (!event->error || event->error == want->error);
}

static short first_revents(const struct live_call *call)
{
	const struct pollfd *fds;

	const struct epoll_event *events = (const void *)call_argument(call, ARG_EVENTS_OUT);

	if (call->host.result <= 0)
		return 0;
	if (events)
		return (short)events->events;
	if (call->want->row->arguments[0] != ARG_POLL)
		return 0;
	fds = (const void *)call->host.arguments[call->want->row->prefixed];
	return fds->revents;
}

static int first_value(const struct live_call *call)
{
	const void *option = (const void *)call_argument(call, ARG_OPTION_OUT);
	const socklen_t *size = (const void *)call_argument(call, ARG_OPTION_ROOM);
	const int *answer = (const void *)call_argument(call, ARG_INT_REF);
	int value = 0;

	if (answer && call->host.result == 0)
		return *answer;

	if (option && size && call->host.result == 0 && *size == sizeof(value))
		memcpy(&value, option, sizeof(value));
	return value;
}

void call_tell(struct running *run, struct live_call *call, enum event_kind kind)
{
	usec_t at = timing_script(&run->timing, kind == EVENT_CALL_RETURNED ? call->host.ended
	                                                                    : call->host.started);
	call->event = run->teller.evidence->trace.count;
	struct event *event = run_event(run, kind, call->step->where, at);
	event->late = at - (kind == EVENT_CALL_RETURNED ? call->end : call->due);
	bool descriptor = call->want->row->result == RESULT_DESCRIPTOR && call->host.result >= 0;
	event->result = descriptor ? (long)call->want->result.number : call->host.result;
	event->error = call->host.error;
	event->revents = first_revents(call);
	event->value = first_value(call);
	event->said = call->step->where;
	if (call->want->blocking)
		event->said.begin = call->want->end_where.end;
	event->wanted = call->want->result.where;
	event->as_written = is_as_written(call->want, event);
	event->connection = call->connection ? call->connection->number : 0;
	run_tell(run, event);
}

bool call_over(struct running *run, struct live_call *call, enum event_kind kind)
{
	actors_act(&run->actors, call->want->process);
	if (call->host.end == CALL_NOT_MADE)
		return run_end(run, ENDING_BROKEN, call->step->where, "%s", run->host->error);
	if (call->host.end == CALL_DIED)
		return run_fail(run, call->step->where, call->step->where,
		                "the process ended during %s", call->want->row->name);
	call_tell(run, call, kind);
	patience_learn(run, call);
	after_call(run, call);
	bool good = call_check(run, call);
	actors_act(&run->actors, 0);
	return good;
}

/* The end of a call is no range: what it may be off must do. */
static void mend_end(struct running *run, const struct live_call *call, usec_t ended)
{
	usec_t from, until, base = call->end - call->want->end;
	struct edit *edit;

	edits_narrowest(ended - base, 0, run->settings->tolerance, &from, &until);
	edit = edits_add(&run->teller.evidence->edits, EDIT_TIME, call->want->end_where, "%s", "");
	edit->own = edit->absolute = true; /* a number without a sign, and no range */
	edit->from = edit->until = from;
}

/*
 * What wakes the call may have been late, because the harness was late since the call began. Also,
 * its thread may have been awake for a while before it got a processor. Neither is the kernel's
 * fault, so both are added to the tolerance.
 */
static usec_t lost_since(const struct running *run, const struct live_call *call)
{
	return run->lateness.sum - call->late_before + call->host.delayed;
}

static bool check_end(struct running *run, const struct live_call *call)
{
	usec_t ended = timing_script(&run->timing, call->host.ended),
	       tolerance = timing_tolerance(&run->timing, call->end - call->due);
	usec_t off = ended > call->end ? ended - call->end : call->end - ended;
	usec_t over = (ended < call->end ? off : off - lost_since(run, call)) - tolerance;

	if (over > 0) {
		run->teller.evidence->off = over;
		mend_end(run, call, ended);
	}
	return over <= 0 ||
	       run_fail_or_warn(
		       run, false, call->step->where, call->want->end_where,
		       "%s returned at %.6f s, %.6f s too %s: wanted at %.6f s (tolerance %.4f)",
		       call->want->row->name, (double)ended / USEC_PER_SEC,
		       (double)off / USEC_PER_SEC, ended < call->end ? "early" : "late",
		       (double)call->end / USEC_PER_SEC, (double)tolerance / USEC_PER_SEC);
}

/* The step that is under way is not about a call that returns now, unless the call is wrong. */
static bool finish(struct running *run, struct live_call *call)
{
	size_t event = run->teller.event;
	struct connection *connection = run->teller.connection;

	run_about_connection(run, call->connection);
	if (!call_over(run, call, EVENT_CALL_RETURNED) || !check_end(run, call))
		return false;
	run_about(run, event);
	run_about_connection(run, connection);
	return true;
}

bool calls_finish(struct running *run)
{
	for (struct live_call **link = &run->calls.pending; *link;) {
		struct live_call *call = *link;

		if (call->host.end == CALL_PENDING) {
			link = &call->next;
			continue;
		}
		*link = call->next;
		if (call->host.end ==
		    CALL_DIED) /* its process was killed during the call, so there is no result */
			continue;
		bool good = finish(run, call);
		call_release(call);
		if (!good)
			return false;
	}
	return true;
}

bool calls_pending(const struct running *run, usec_t *latest)
{
	*latest = 0;
	for (const struct live_call *call = run->calls.pending; call; call = call->next)
		if (call->end > *latest)
			*latest = call->end;
	return run->calls.pending != NULL;
}

bool calls_overdue(const struct running *run, usec_t time)
{
	for (const struct live_call *call = run->calls.pending; call; call = call->next)
		if (call->end <= time)
			return true;
	return false;
}

bool call_still_blocked(struct running *run, const struct live_call *call)
{
	run_about(run, call->event);
	run_about_connection(run, call->connection);
	return run_fail(run, call->step->where, call->want->end_where,
	                "%s has not returned: wanted at %.6f s", call->want->row->name,
	                (double)call->end / USEC_PER_SEC);
}

bool calls_still_blocked(struct running *run)
{
	return !run->calls.pending || call_still_blocked(run, run->calls.pending);
}

bool calls_in_time(struct running *run)
{
	/* When it does return is noted then. */
	if (run->settings->bless)
		return true;
	for (const struct live_call *call = run->calls.pending; call; call = call->next) {
		usec_t over = run->timing.due - call->end - lost_since(run, call) -
		              timing_tolerance(&run->timing, call->end - call->due);

		if (over <= 0)
			continue;
		/* It may be woken already, on a machine that has not let it run yet. */
		run->teller.evidence->off = over;
		return call_still_blocked(run, call);
	}
	return true;
}
