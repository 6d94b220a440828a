#include "run/step_call.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "run/call_memory.h"
#include "run/call_put.h"
#include "run/calls.h"
#include "run/patience.h"
#include "run/side.h"
#include "run/tell.h"

/* connect() begins before its first segment is seen, so this is noted before the call. */
static void before_call(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	enum syscall_effect effect = want->row->effect;
	struct connection *c = call->connection;

	if ((effect != EFFECT_CONNECT && effect != EFFECT_SEND_TO) || !c)
		return;
	const struct value *address = call_argument_of(want, ARG_ADDRESS_IN),
			   *message = call_argument_of(want, ARG_MESSAGE_IN);
	if (!address && message)
		address = call_member(message, "msg_name");
	if (address && address->kind == VALUE_NUMBER) {
		c->phase = CONNECTION_NEW; /* AF_UNSPEC ends the connection */
		c->flow.dissolved = true;
		return;
	}
	if (!address || c->phase != CONNECTION_NEW)
		return;
	connection_begin(side_connections(run, c->at_peer), c, CONNECTION_CONNECTING);
	c->live.remote_port = run->settings->connect_port;
	if (address->kind == VALUE_BYTES) {
		ip_address_from_sockaddr((void *)call_argument(call, ARG_ADDRESS_IN),
		                         &c->live.remote, &c->live.remote_port);
		c->live.remote = ip_address_unmap(&c->live.remote);
	}
}

/* The call uses a descriptor that a call which still blocks should have returned. */
static bool descriptor_is_there(struct running *run, const struct call_want *want)
{
	const struct value *fd = call_argument_of(want, ARG_FD);

	for (const struct live_call *call = run->calls.pending; call; call = call->next)
		if (fd && call->want->row->result == RESULT_DESCRIPTOR &&
		    call->want->result.number == fd->number)
			return call_still_blocked(run, call);
	return true;
}

static bool begin_call(struct running *run, struct live_call *call)
{
	usec_t base = run->timing.due - call->step->at;

	call->end = base + call->want->end;
	call->late_before = run->lateness.sum;
	calls_add(run, call);
	if (!run->host->calls->begin(run->host, &call->host)) {
		calls_take_back(run, call);
		return run_end(run, ENDING_BROKEN, call->step->where, "%s", run->host->error);
	}
	bool over = call->host.end != CALL_PENDING;
	usec_t started = timing_script(&run->timing, call->host.started);
	run_note_lateness(run, over ? started : timing_now(&run->timing));
	/* What it has sent by now it may have sent from its beginning on. */
	timing_took(&run->timing, timing_now(&run->timing) - started);
	if (!over)
		call_tell(run, call, EVENT_CALL_BEGUN);
	return calls_finish(run);
}

/* close() waits for nothing unless SO_LINGER says so. */
static bool may_rightly_wait(const struct running *run, const struct live_call *call)
{
	return call->want->row->effect != EFFECT_CLOSE || run->patience.longest;
}

/*
 * The call blocked until the test was stopped. Probably the author did not know how to write a call
 * that blocks.
 */
static void explain_blocked(struct running *run, const struct live_call *call)
{
	if (may_rightly_wait(run, call) &&
	    (call->host.end == CALL_STOPPED || call->host.error == EINTR) &&
	    run->timing.took > run->settings->tolerance)
		snprintf(run->teller.evidence->detail, sizeof(run->teller.evidence->detail),
		         "%s had blocked for %.1f s when a signal ended it: a call that shall "
		         "block is written "
		         "with its end, as in +0...1 %s(...)",
		         call->want->row->name, (double)run->timing.took / USEC_PER_SEC,
		         call->want->row->name);
}

/* The parent process can see this call while we are in it. */
static void make_while_watched(struct running *run, struct live_call *call)
{
	struct call_under_way *under_way = &run->teller.evidence->under_way;

	under_way->name = call->want->row->name;
	under_way->begun.kind = EVENT_CALL_BEGUN;
	under_way->begun.where = under_way->begun.said = call->step->where;
	under_way->begun.wanted = call->want->result.where;
	under_way->begun.at = call->due;
	under_way->begun.connection = call->connection ? call->connection->number : 0;
	under_way->patience = patience_of(run, call);
	atomic_signal_fence(memory_order_seq_cst);
	under_way->count++;
	run->host->calls->call(run->host, &call->host);
	under_way->count++;
}

/* The call should have returned. When it had not after a long time, it was interrupted. */
static bool has_hung(struct running *run, struct live_call *call)
{
	usec_t took = run->timing.took;

	if (call->host.end != CALL_STOPPED || took < run->teller.evidence->under_way.patience)
		return false;
	call_tell(run, call, EVENT_CALL_BEGUN);
	run_about_connection(run, call->connection);
	run_hang(run, call->step->where, call->want->row->name, took);
	return true;
}

static bool make_call(struct running *run, struct live_call *call)
{
	make_while_watched(run, call);
	run_note_lateness(run, timing_script(&run->timing, call->host.started));
	timing_over(&run->timing, timing_script(&run->timing, call->host.ended));
	timing_took(&run->timing, call->host.ended - call->host.started);
	bool good = !has_hung(run, call) && call_over(run, call, EVENT_CALL);
	/*
	 * Not every call returns EINTR. Its result after a signal is not what the script is about.
	 */
	if (good && call->host.end == CALL_STOPPED)
		good = run_end(run, ENDING_BROKEN, call->step->where, "stopped by a signal");
	if (!good)
		explain_blocked(run, call);
	call_release(call);
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
		return run_end(run, ENDING_BROKEN, step->where,
		               "there is no more memory that processes can share");
	call->shared = shared;
	call->want = step->call;
	call->keeps = call_keeps(run, step->call->row);
	actors_act(&run->actors, step->call->process);
	call->step = step;
	call->due = run->timing.due;
	const struct value *fd = call_argument_of(step->call, ARG_FD);
	if (!fd)
		fd = call_argument_of(step->call, ARG_FIRST_FD);
	if (fd)
		call->connection = descriptors_connection(run->actors.descriptors, fd->number);
	run_about_connection(run, call->connection);
	if (!call_put(run, call)) {
		call_release(call);
		return false;
	}
	before_call(run, call);
	return call->want->blocking ? begin_call(run, call) : make_call(run, call);
}
