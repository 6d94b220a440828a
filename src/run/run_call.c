/* System calls: made, begun, and looked after when they come back. */
#include <errno.h>
#include <string.h>

#include "run/call_check.h"
#include "run/call_memory.h"
#include "run/call_put.h"

/* ---- what a call means for descriptors and connections ---- */

static uint8_t protocol_of_socket(const struct call_want *want)
{
	int64_t type = want->arguments[1].number & 0xf, protocol = want->arguments[2].number;

	if (type == SOCK_DGRAM && (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6))
		return (uint8_t)protocol;
	return type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
}

/* connect() begins before its first segment is seen, so it is noted before the call. */
static void before_call(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	enum syscall_effect effect = want->row->effect;
	struct connection *c = call->connection;

	if ((effect != EFFECT_CONNECT && effect != EFFECT_SEND_TO) || !c)
		return;
	const struct value *address = effect == EFFECT_CONNECT ? &want->arguments[1]
	                              : want->count > 4
	                                      ? &want->arguments[4]
	                                      : call_member(&want->arguments[1], "msg_name");
	if (address && address->kind == VALUE_NUMBER) {
		c->phase = CONNECTION_NEW; /* AF_UNSPEC dissolves the association */
		return;
	}
	if (!address || c->phase != CONNECTION_NEW)
		return;
	connection_begin(&run->connections, c, CONNECTION_CONNECTING);
	c->live.remote_port = run->settings->connect_port;
	if (address->kind == VALUE_BYTES && address->length <= sizeof(struct sockaddr_storage)) {
		struct sockaddr_storage storage = { 0 };

		memcpy(&storage, address->bytes, address->length);
		ip_address_from_sockaddr(&storage, &c->live.remote, &c->live.remote_port);
		c->live.remote = ip_address_unmap(&c->live.remote);
	}
}

static void after_accept(struct running *run, const struct live_call *call)
{
	const struct sockaddr_storage *storage = (void *)call->host.arguments[1];
	struct ip_address address;
	uint16_t port = 0;

	if (storage)
		ip_address_from_sockaddr(storage, &address, &port);
	struct connection *c = connection_to_accept(&run->connections, port);
	if (c)
		c->phase = CONNECTION_OPEN;
	descriptors_open(run->descriptors, (int)call->want->result.number, (int)call->host.result,
	                 c);
}

static void after_call(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int result = (int)call->host.result, script = (int)want->result.number;
	struct connection *c = call->connection;

	if (call->host.result < 0)
		return;
	switch (want->row->effect) {
	case EFFECT_SOCKET:
		c = connection_new(&run->connections, protocol_of_socket(want));
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
		descriptors_close(run->descriptors, (int)want->arguments[0].number);
		return;
	case EFFECT_PAIR: {
		const int *pair = (void *)call->host.arguments[0];
		for (int i = 0; i < 2; i++)
			descriptors_open(run->descriptors, (int)want->arguments[0].items[i].number,
			                 pair[i], NULL);
		return;
	}
	case EFFECT_NONE:
	case EFFECT_CONNECT:
	case EFFECT_SEND_TO:
	case EFFECT_DUP:
		break;
	}
	if (want->row->result == RESULT_DESCRIPTOR) {
		bool socket = want->row->effect == EFFECT_SOCKET || want->row->effect == EFFECT_DUP;

		descriptors_open(run->descriptors, script, result, socket ? c : NULL);
	}
}

/* ---- making it ---- */

static void tell_call(struct running *run, const struct live_call *call, enum event_kind kind)
{
	usec_t at = (kind == EVENT_CALL_BEGUN ? call->host.started : call->host.ended) - run->start;

	if (kind == EVENT_CALL)
		at = call->host.started - run->start;
	struct event *event = run_event(run, kind, call->step->where, at);
	event->late = at - (kind == EVENT_CALL_RETURNED ? call->end : call->due);
	bool descriptor = call->want->row->result == RESULT_DESCRIPTOR && call->host.result >= 0;
	event->result = descriptor ? (long)call->want->result.number : call->host.result;
	event->error = call->host.error;
	event->connection = call->connection ? call->connection->number : 0;
	run_tell(run, event);
}

static bool call_over(struct running *run, struct live_call *call, enum event_kind kind)
{
	run->descriptors = run->processes[call->want->process].descriptors;
	/* The host says so when a call could not be made at all. */
	if (call->host.result == -1 && call->host.error == 0)
		return run_end(run, VERDICT_INVALID, call->step->where, "%s", run->host->error);
	tell_call(run, call, kind);
	after_call(run, call);
	bool good = call_check(run, call);
	run->descriptors = run->processes[0].descriptors;
	return good;
}

/*
 * What wakes the call may itself have been late by what the harness lost since the call began, and
 * its thread may have been awake for a while before it ran: neither is the kernel's.
 */
static bool check_end(struct running *run, const struct live_call *call)
{
	usec_t ended = call->host.ended - run->start,
	       tolerance = run_tolerance(run, call->end - call->due);
	usec_t lost = run->late_sum - call->late_before + call->host.delayed;
	usec_t off = ended > call->end ? ended - call->end : call->end - ended;
	usec_t over = (ended < call->end ? off : off - lost) - tolerance;

	if (over > 0)
		run->verdict->off = over;
	return over <= 0 ||
	       run_fail(run, call->step->where, call->want->end_where,
	                "%s returned at %.6f s, %.6f s too %s: wanted at %.6f s (tolerance %.4f)",
	                call->want->row->name, (double)ended / USEC_PER_SEC,
	                (double)off / USEC_PER_SEC, ended < call->end ? "early" : "late",
	                (double)call->end / USEC_PER_SEC, (double)tolerance / USEC_PER_SEC);
}

bool calls_finish(struct running *run)
{
	for (struct live_call **link = &run->pending; *link;) {
		struct live_call *call = *link;

		if (!call->host.finished) {
			link = &call->next;
			continue;
		}
		*link = call->next;
		if (call->host.died) /* killed in it: nothing came back */
			continue;
		bool good = call_over(run, call, EVENT_CALL_RETURNED) && check_end(run, call);
		call_release(run, call);
		if (!good)
			return false;
	}
	return true;
}

bool calls_pending(const struct running *run, usec_t *latest)
{
	*latest = 0;
	for (const struct live_call *call = run->pending; call; call = call->next)
		if (call->end > *latest)
			*latest = call->end;
	return run->pending != NULL;
}

bool calls_overdue(const struct running *run, usec_t time)
{
	for (const struct live_call *call = run->pending; call; call = call->next)
		if (call->end <= time)
			return true;
	return false;
}

static bool still_blocked(struct running *run, const struct live_call *call)
{
	return run_fail(run, call->step->where, call->want->end_where,
	                "%s has not returned: wanted at %.6f s", call->want->row->name,
	                (double)call->end / USEC_PER_SEC);
}

bool calls_still_blocked(struct running *run)
{
	return !run->pending || still_blocked(run, run->pending);
}

bool calls_in_time(struct running *run)
{
	for (const struct live_call *call = run->pending; call; call = call->next)
		if (call->end + run_tolerance(run, call->end - call->due) < run->due)
			return still_blocked(run, call);
	return true;
}

/* A call on a descriptor that a call still blocked was to return. */
static bool descriptor_is_there(struct running *run, const struct call_want *want)
{
	for (const struct live_call *call = run->pending; call; call = call->next)
		if (want->row->arguments[0] == ARG_FD &&
		    call->want->row->result == RESULT_DESCRIPTOR &&
		    call->want->result.number == want->arguments[0].number)
			return still_blocked(run, call);
	return true;
}

static bool begin_call(struct running *run, struct live_call *call)
{
	usec_t base = run->due - call->step->at;

	call->end = base + call->want->end;
	call->late_before = run->late_sum;
	call->next = run->pending;
	run->pending = call;
	if (!run->host->ops->begin(run->host, &call->host)) {
		run->pending = call->next;
		return run_end(run, VERDICT_INVALID, call->step->where, "%s", run->host->error);
	}
	run_note_lateness(run,
	                  call->host.finished ? call->host.started - run->start : run_now(run));
	if (!call->host.finished)
		tell_call(run, call, EVENT_CALL_BEGUN);
	return calls_finish(run);
}

/*
 * It sat there until the test was stopped: then the script has probably forgotten how to write it.
 */
static void explain_blocked(struct running *run, const struct live_call *call)
{
	if ((call->host.stopped || call->host.error == EINTR) &&
	    run->took > run->settings->tolerance)
		snprintf(run->verdict->detail, sizeof(run->verdict->detail),
		         "%s had blocked for %.1f s when a signal ended it: a call that is to "
		         "block is written "
		         "with its end, as in +0...1 %s(...)",
		         call->want->row->name, (double)run->took / USEC_PER_SEC,
		         call->want->row->name);
}

static bool make_call(struct running *run, struct live_call *call)
{
	run->host->ops->call(run->host, &call->host);
	run_note_lateness(run, call->host.started - run->start);
	run->over = call->host.ended - run->start;
	run->took = call->host.ended - call->host.started;
	if (call->host.result == -1 && !call->host.error)
		return run_end(run, VERDICT_INVALID, call->step->where, "%s", run->host->error);
	bool good = call_over(run, call, EVENT_CALL);
	/* Not all calls say EINTR: what it returned then is not what the script is about. */
	if (good && call->host.stopped)
		good = run_end(run, VERDICT_INVALID, call->step->where, "stopped by a signal");
	if (!good)
		explain_blocked(run, call);
	call_release(run, call);
	return good;
}

bool step_call(struct running *run, const struct step *step)
{
	struct live_call here = { .step = NULL }, *call = &here;

	if (!descriptor_is_there(run, step->call))
		return false;
	struct arena *shared = step->call->process ? run->shared : NULL;
	if (step->call->blocking || shared)
		call = arena_alloc(shared ? shared : run->arena, sizeof(*call));
	if (!call)
		return run_end(run, VERDICT_INVALID, step->where,
		               "out of memory that processes share");
	call->shared = shared;
	call->want = step->call;
	run->descriptors = run->processes[step->call->process].descriptors;
	call->step = step;
	call->due = run->due;
	if (call->want->row->arguments[0] == ARG_FD)
		call->connection =
			descriptors_connection(run->descriptors, call->want->arguments[0].number);
	if (!call_put(run, call)) {
		call_release(run, call);
		return false;
	}
	before_call(run, call);
	return call->want->blocking ? begin_call(run, call) : make_call(run, call);
}
