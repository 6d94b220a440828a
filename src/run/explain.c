#include "run/explain.h"

#include <stdio.h>

#include "run/live_call.h"

/* ---- a descriptor that was closed while a call has it ---- */

static bool descriptor_is_closed(const struct running *run, const struct live_call *call,
                                 int64_t *number)
{
	const struct descriptors *descriptors = run->actors.list[call->want->process].descriptors;
	const struct value *fd = call_argument_of(call->want, ARG_FD);

	*number = fd ? fd->number : -1;
	return *number >= 0 && descriptors && descriptors_live(descriptors, *number) < 0;
}

/* close() in another thread does not wake a call, because the call keeps the file open. */
static bool explain_held(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;
	int64_t number;

	for (const struct live_call *call = run->calls.pending; call; call = call->next) {
		if (!descriptor_is_closed(run, call, &number))
			continue;
		snprintf(evidence->detail, sizeof(evidence->detail),
		         "descriptor %lld was closed while %s uses it: this does not end the "
		         "call, and the socket lives until it returns",
		         (long long)number, call->want->row->name);
		return true;
	}
	return false;
}

/* ---- a FIN that does not come because nobody has asked for it ---- */

static bool is_fin_missing(const struct evidence *evidence)
{
	const struct segment *want = &evidence->want.segment;

	return evidence->has_want && !evidence->has_seen && want->protocol == IPPROTO_TCP &&
	       want->tcp.flags & TCP_FIN && evidence->has_state &&
	       (evidence->state.state == STATE_ESTABLISHED ||
	        evidence->state.state == STATE_CLOSE_WAIT);
}

/* An open descriptor of a connection, in any process; -1 when there is none. */
static int open_descriptor(const struct running *run, const struct connection *connection,
                           unsigned *process)
{
	int number = -1, live;

	for (*process = 0; *process < PROCESSES && number < 0; ++*process) {
		const struct actor *actor = &run->actors.list[*process];

		if (actor->descriptors && !actor->ended)
			number = descriptors_of(actor->descriptors, connection, &live);
	}
	--*process;
	return number;
}

static void explain_open(struct running *run)
{
	const struct connection *connection = run->teller.connection;
	struct evidence *evidence = run->teller.evidence;
	unsigned process;

	if (!connection || !is_fin_missing(evidence))
		return;
	int number = open_descriptor(run, connection, &process);
	if (number >= 0)
		snprintf(evidence->detail, sizeof(evidence->detail),
		         "descriptor %d of %s is still open: the FIN comes with shutdown(), or "
		         "when the last descriptor of the connection is closed",
		         number, process ? "another process" : "this connection");
}

void explain_failure(struct running *run)
{
	const struct evidence *evidence = run->teller.evidence;

	if (evidence->ending == ENDING_WRONG && !evidence->detail[0] && !explain_held(run))
		explain_open(run);
}
