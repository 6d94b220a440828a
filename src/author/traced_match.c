/* Which socket of a trace is the end of which connection of a capture, and on which clock. */
#include <stdlib.h>
#include <string.h>

#include "author/facts.h"
#include "author/traced.h"

enum { CLOCKS_AGREE = USEC_PER_SEC };

/* ---- sockets ---- */

/* Which end of a connection a socket is. */
static bool is_end(const struct traced_socket *socket, const struct flow *flow, enum side *side)
{
	for (int s = 0; s < 2; s++)
		if (endpoint_equal(&socket->local, &flow->ends[s]) &&
		    endpoint_equal(&socket->remote, &flow->ends[!s])) {
			*side = (enum side)s;
			return true;
		}
	return false;
}

/* The side that was traced; of the first connection, as conversation.h has it. */
static enum side traced_side(const struct traced *trace, const struct conversation *talk)
{
	size_t count[2] = { 0, 0 };
	enum side side;

	for (size_t i = 0; i < trace->socket_count; i++)
		for (size_t f = 0; f < talk->flow_count; f++)
			if (is_end(&trace->sockets[i], &talk->flows[f], &side))
				count[flow_side_of(&talk->flows[0],
				                   &trace->sockets[i].local.address, side)]++;
	if (talk->side_given || (count[0] != 0) == (count[1] != 0))
		return facts_kernel_side(talk);
	return count[SIDE_CLIENT] ? SIDE_CLIENT : SIDE_SERVER;
}

static void want(struct traced *trace, unsigned socket, size_t flow)
{
	struct traced_socket *it = &trace->sockets[socket];

	it->flow = 1 + (unsigned)flow;
	it->wanted = true;
	if (it->parent)
		trace->sockets[it->parent - 1].wanted = true;
}

/* A connect() that was refused never shows the port of its own end. */
static bool asked_for(const struct traced_socket *socket, const struct flow *flow, enum side side)
{
	return !socket->flow && !socket->local.port && side == SIDE_CLIENT &&
	       endpoint_equal(&socket->remote, &flow->ends[SIDE_SERVER]);
}

static bool find_socket(struct traced *trace, const struct conversation *talk, size_t f,
                        enum side kernel)
{
	const struct flow *flow = &talk->flows[f];
	enum side side, own = flow_side_of(flow, &talk->flows[0].ends[kernel].address, kernel);

	for (size_t i = 0; i < trace->socket_count; i++)
		if (is_end(&trace->sockets[i], flow, &side) && side == own) {
			want(trace, (unsigned)i, f);
			return true;
		}
	for (size_t i = 0; i < trace->socket_count; i++)
		if (asked_for(&trace->sockets[i], flow, own)) {
			want(trace, (unsigned)i, f);
			return true;
		}
	return false;
}

/* ---- clocks ---- */

/*
 * Between the first call that makes a connection and its SYN, or one that took it and what
 * completed the handshake.
 */
static usec_t difference(const struct traced *trace, const struct conversation *talk)
{
	for (size_t i = 0; i < trace->count; i++) {
		const struct traced_call *call = &trace->calls[i];
		bool connects = !strcmp(call->call->name, "connect");
		unsigned socket = connects ? call->socket : call->made - 1;

		if ((!connects && (!call->made || !strcmp(call->call->name, "socket"))) ||
		    !trace->sockets[socket].wanted)
			continue;
		/* What waited came back when the connection was there. */
		usec_t at = !connects && call->until ? call->until : call->at;
		for (size_t p = 0; p < talk->count; p++) {
			const struct heard *heard = &talk->packets[p];
			bool begins = heard->segment.tcp.flags & TCP_SYN;

			if (heard->flow + 1 == trace->sockets[socket].flow && begins == connects)
				return heard->at - at;
		}
	}
	return 0;
}

/* Do the times of the calls on the connections lie within those of the capture? */
static bool clocks_agree(const struct traced *trace, const struct conversation *talk)
{
	for (size_t i = 0; i < trace->count; i++) {
		const struct traced_call *call = &trace->calls[i];

		if (trace->sockets[call->socket].flow && call->at > -CLOCKS_AGREE &&
		    call->at < talk->packets[talk->count - 1].at + CLOCKS_AGREE)
			return true;
	}
	return false;
}

static void move(struct traced *trace, usec_t by)
{
	for (size_t i = 0; i < trace->count; i++) {
		trace->calls[i].at += by;
		if (trace->calls[i].until)
			trace->calls[i].until += by;
	}
}

/* ---- the end of a process ---- */

/*
 * strace tells that a process was killed when all that it had is closed. So its sockets were closed
 * when the kernel's first FIN or RST shortly before that left; `at` when there is none.
 */
static usec_t closed_at(const struct conversation *talk, enum side kernel, unsigned flow, usec_t at)
{
	enum { SHORTLY = 50 * USEC_PER_MSEC };
	enum side own =
		flow_side_of(&talk->flows[flow], &talk->flows[0].ends[kernel].address, kernel);

	for (size_t i = 0; i < talk->count && talk->packets[i].at < at; i++) {
		const struct heard *heard = &talk->packets[i];

		if (heard->flow == flow && heard->from == own && heard->at > at - SHORTLY &&
		    heard->segment.tcp.flags & (TCP_FIN | TCP_RST))
			return heard->at;
	}
	return at;
}

static void move_ends(struct traced *trace, const struct conversation *talk)
{
	for (size_t i = 0; i < trace->count; i++) {
		struct traced_call call = trace->calls[i];
		unsigned flow = trace->sockets[call.socket].flow;
		size_t to = i;

		if (strcmp(call.call->name, "+++") || !call.last || !flow)
			continue;
		call.at = closed_at(talk, talk->side, flow - 1, call.at);
		for (; to && trace->calls[to - 1].at > call.at; to--)
			trace->calls[to] = trace->calls[to - 1];
		trace->calls[to] = call;
	}
}

const char *traced_match(struct traced *trace, struct conversation *talk)
{
	enum side side = traced_side(trace, talk);
	bool any = false;

	for (size_t f = 0; f < talk->flow_count; f++)
		any |= find_socket(trace, talk, f, side);
	if (!any)
		return arena_printf(trace->arena,
		                    "%s has no call on a socket of %s: was another program traced?",
		                    trace->strace.path, conversation_name(talk, 0));
	talk->side_given = true;
	talk->side = side;
	talk->traced = trace;
	move(trace, -talk->began);
	if (!clocks_agree(trace, talk)) {
		trace->shift = difference(trace, talk);
		move(trace, trace->shift);
	}
	move_ends(trace, talk);
	return NULL;
}
