/*
 * Theory of operation. A call stands where it was made. One that waited stands where its result
 * came: a read() behind the data, an accept() behind the handshake; for strace shows when a call
 * began, and not always when it returned, and so the script has no need of threads. A connect()
 * that waited, and a write() or close() that others' packets let go on, have both times.
 */
#include "author/retrace.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "author/called.h"
#include "author/causes.h"
#include "author/traced.h"
#include "base/text.h"

enum {
	WAITED = 10 * USEC_PER_MSEC, /* a call that took less did not wait for the peer */
	FILLS = 32768, /* or it wrote more than there is room for: a near peer answers soon */
	EPILOGUE = USEC_PER_SEC, /* calls that come later than that belong to something else */
	LEFT_OUT = 16,           /* names of calls */
};

struct retrace {
	const struct traced *trace;
	bool *done;
	size_t next; /* all before it are done */
	int *fds;    /* of each socket; 0: the script has not made it */
	unsigned long read[TOGETHER_MAX];
	const char *left_out[LEFT_OUT];
	size_t left_out_count;
	unsigned long held_bytes; /* see retrace_hold() */
	unsigned held_calls;
	const char *held_name; /* of the last of them */
};

void retrace_begin(struct drafting *d)
{
	const struct traced *trace = d->talk->traced;
	struct retrace *retrace;

	if (!trace)
		return;
	d->retrace = retrace = arena_alloc(d->arena, sizeof(*retrace));
	retrace->trace = trace;
	retrace->done = arena_alloc(d->arena, trace->count + 1);
	retrace->fds = arena_alloc(d->arena, (trace->socket_count + 1) * sizeof(int));
	d->last_fd = 2;
}

static const struct traced_socket *socket_of_flow(const struct drafting *d, unsigned flow)
{
	const struct traced *trace = d->retrace->trace;

	for (size_t i = 0; i < trace->socket_count; i++)
		if (trace->sockets[i].flow == flow + 1)
			return &trace->sockets[i];
	return NULL;
}

bool retrace_listens(const struct drafting *d)
{
	const struct traced *trace = d->retrace ? d->retrace->trace : NULL;

	for (size_t i = 0; trace && i < trace->socket_count; i++)
		if (trace->sockets[i].wanted && !trace->sockets[i].flow && trace->sockets[i].born)
			return true;
	return false;
}

bool retrace_makes(const struct drafting *d, unsigned flow)
{
	const struct traced_socket *socket = d->retrace ? socket_of_flow(d, flow) : NULL;

	return socket && socket->born;
}

void retrace_made(struct drafting *d, unsigned flow, int fd)
{
	const struct traced_socket *socket = d->retrace ? socket_of_flow(d, flow) : NULL;

	if (socket)
		d->retrace->fds[socket - d->retrace->trace->sockets] = fd;
}

void retrace_made_listener(struct drafting *d)
{
	const struct traced *trace = d->retrace ? d->retrace->trace : NULL;

	for (size_t i = 0; trace && i < trace->socket_count; i++)
		if (trace->sockets[i].wanted && !trace->sockets[i].flow)
			d->retrace->fds[i] = d->listener;
}

/* ---- where a call stands ---- */

static struct view *view_of(struct drafting *d, const struct traced_socket *socket)
{
	return socket->flow ? &d->views[socket->flow - 1] : NULL;
}

/* Has what it returned come by now? */
static bool is_due(struct drafting *d, const struct traced_call *traced)
{
	const struct traced_socket *socket = &d->retrace->trace->sockets[traced->socket];
	const struct strace_call *call = traced->call;
	struct view *view = view_of(d, socket);

	if (traced->made && strcmp(call->name, "socket")) {
		view = view_of(d, &d->retrace->trace->sockets[traced->made - 1]);
		return !view || view->completed;
	}
	if (!view || !called_reads(call))
		return true;
	if (call->error)
		return !strcmp(call->error, "EAGAIN") || view->over;
	unsigned long moved = strtoul(call->result, NULL, 10);
	return moved ? d->retrace->read[socket->flow - 1] + moved <= view->in_order - 1
	             : view->over || view->peer_finished || !traced->blocking;
}

/* The last packet of the peer's that may have let a call go on; 0: it did not wait. */
static usec_t let_go_at(struct drafting *d, const struct traced_call *traced)
{
	const struct traced_socket *socket = &d->retrace->trace->sockets[traced->socket];
	bool connects = !strcmp(traced->call->name, "connect");
	bool writes = called_moves(traced->call, false) > 0;
	usec_t end = 0;

	if (!socket->flow || !traced->blocking || (!connects && !traced->closes && !writes) ||
	    (writes && traced->until - traced->at < WAITED &&
	     called_moves(traced->call, false) < FILLS))
		return 0;
	for (size_t i = 0; i < d->talk->count && d->talk->packets[i].at < traced->until; i++) {
		const struct heard *heard = &d->talk->packets[i];

		if (heard->flow + 1 != socket->flow || heard->at <= traced->at ||
		    heard->from == d->views[heard->flow].kernel)
			continue;
		end = heard->at;
		if (connects)
			break;
	}
	return end;
}

/* ---- writing ---- */

static void note_left_out(struct drafting *d, const char *name)
{
	struct retrace *retrace = d->retrace;

	for (size_t i = 0; i < retrace->left_out_count; i++)
		if (!strcmp(retrace->left_out[i], name))
			return;
	if (retrace->left_out_count == LEFT_OUT)
		return;
	retrace->left_out[retrace->left_out_count++] = name;
	d->draft->left_out = d->draft->left_out[0]
	                             ? arena_printf(d->arena, "%s, %s()", d->draft->left_out, name)
	                             : arena_printf(d->arena, "%s()", name);
}

static void note_made(struct drafting *d, const struct traced_call *traced)
{
	unsigned socket = traced->made - 1;
	struct view *view = view_of(d, &d->retrace->trace->sockets[socket]);

	d->retrace->fds[socket] = d->last_fd;
	if (view)
		view->fd = d->last_fd;
}

static void write_call(struct drafting *d, const struct traced_call *traced, usec_t at, int fd)
{
	const struct strace_call *call = traced->call;
	int made = traced->made ? d->last_fd + 1 : 0;
	char text[CALLED_TEXT];

	switch (called_text(call, fd, made, text)) {
	case CALLED_WRITTEN:
		drafting_call(d, at, let_go_at(d, traced), text);
		if (traced->made) {
			d->last_fd++;
			note_made(d, traced);
		}
		break;
	case CALLED_ASKS:
		note_left_out(d, call->name);
		break;
	case CALLED_UNKNOWN:
		drafting_comment(d, "line %lu of the trace: there are no words for this %s()",
		                 call->line, call->name);
		break;
	case CALLED_NOTHING:
		break;
	}
}

/* Others may have the socket still: then nothing is closed but a descriptor. */
static void write_close(struct drafting *d, const struct traced_call *traced, usec_t at, int fd)
{
	struct view *view = view_of(d, &d->retrace->trace->sockets[traced->socket]);
	const char *name = traced->call->name;
	char text[CALLED_TEXT];
	struct text_buffer out = text_begin(text, sizeof(text));

	if (!traced->last)
		return;
	text_add(&out, "close(%d) = 0", fd);
	if (!strcmp(name, "+++"))
		text_add(&out, "  // its process ended");
	else if (strcmp(name, "close"))
		text_add(&out, "  // by %s()", name);
	drafting_call(d, at, let_go_at(d, traced), text);
	d->retrace->fds[traced->socket] = 0;
	if (view)
		view->closed = view->finished = true;
}

static void emit(struct drafting *d, size_t index, usec_t at)
{
	struct retrace *retrace = d->retrace;
	const struct traced_call *traced = &retrace->trace->calls[index];
	const struct traced_socket *socket = &retrace->trace->sockets[traced->socket];
	int fd = retrace->fds[traced->socket];
	bool births = traced->made && !strcmp(traced->call->name, "socket");

	retrace->done[index] = true;
	if (!socket->wanted || (!births && !fd) ||
	    (traced->made && !retrace->trace->sockets[traced->made - 1].wanted))
		return;
	if (socket->flow)
		retrace->read[socket->flow - 1] += called_moves(traced->call, true);
	if (traced->closes)
		write_close(d, traced, at, fd);
	else
		write_call(d, traced, at, fd);
}

/* ---- streams that are left open ---- */

void retrace_hold(struct drafting *d, unsigned flow, usec_t until)
{
	struct retrace *retrace = d->retrace;
	const struct traced *trace = retrace ? retrace->trace : NULL;

	for (size_t i = retrace ? retrace->next : 0;
	     trace && i < trace->count && trace->calls[i].at <= until; i++) {
		const struct traced_call *traced = &trace->calls[i];

		if (retrace->done[i] || trace->sockets[traced->socket].flow != flow + 1 ||
		    !called_writes(traced->call))
			continue;
		retrace->done[i] = true;
		retrace->held_bytes += called_moves(traced->call, false);
		retrace->held_calls += !traced->call->error;
		retrace->held_name = traced->call->name;
	}
}

void retrace_write_held(struct drafting *d, struct view *view)
{
	struct retrace *retrace = d->retrace;
	unsigned long bytes = retrace->held_bytes;
	const char *remark = "";

	if (retrace->held_calls > 1)
		remark = arena_printf(d->arena, "  // %u calls", retrace->held_calls);
	else if (retrace->held_calls && strcmp(retrace->held_name, "write"))
		remark = arena_printf(d->arena, "  // %s", retrace->held_name);
	if (bytes && view->fd)
		cause_write_at_once(d, view, (uint32_t)bytes, remark);
	retrace->held_bytes = 0;
	retrace->held_calls = 0;
}

/* What began up to `until` and is due; what waited stands at `now`. */
static void emit_until(struct drafting *d, usec_t until, usec_t now)
{
	struct retrace *retrace = d->retrace;
	const struct traced *trace = retrace->trace;

	for (size_t i = retrace->next; i < trace->count && trace->calls[i].at <= until; i++)
		if (!retrace->done[i] && is_due(d, &trace->calls[i]))
			emit(d, i, trace->calls[i].at > now ? trace->calls[i].at : now);
	while (retrace->next < trace->count && retrace->done[retrace->next])
		retrace->next++;
}

void retrace_before(struct drafting *d)
{
	if (d->retrace)
		emit_until(d, d->talk->packets[d->packet].at, d->clock);
}

void retrace_after(struct drafting *d)
{
	usec_t at = d->talk->packets[d->packet].at;

	if (d->retrace)
		emit_until(d, at, at);
}

void retrace_rest(struct drafting *d)
{
	usec_t at = d->talk->packets[d->talk->count - 1].at;

	if (!d->retrace)
		return;
	d->packet = d->talk->count - 1;
	emit_until(d, at + EPILOGUE, at);
}
