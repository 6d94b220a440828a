/*
 * The numbers of both sides of a connection. A SYN has a number that the script chooses. All other
 * numbers count from 0, which is that of the SYN, so behind a SYN the next number is 1.
 */
#include "program/linting.h"

#include <inttypes.h>
#include <netinet/in.h>

static bool before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/* ---- whose segment it is ---- */

static struct lint_flow *flow_new(struct linting *l, const struct packet_want *want, bool inbound)
{
	struct lint_flow *flow = arena_alloc(l->arena, sizeof(*flow));
	const struct tcp_header *tcp = &want->segment.tcp;

	flow->has_ports = want->has_ports;
	flow->local_port = inbound ? tcp->destination : tcp->source;
	flow->remote_port = inbound ? tcp->source : tcp->destination;
	flow->begun_by_peer = inbound;
	*l->next_flow = flow;
	l->next_flow = &flow->next;
	if (!want->has_ports || !l->current)
		l->current = flow;
	return flow;
}

/* NULL when it is not sure. */
static struct lint_flow *flow_of(struct linting *l, const struct packet_want *want, bool inbound)
{
	const struct tcp_header *tcp = &want->segment.tcp;
	uint16_t local = inbound ? tcp->destination : tcp->source;
	uint16_t remote = inbound ? tcp->source : tcp->destination;
	struct lint_flow *flow = l->flows;

	if (!want->has_ports)
		return l->vague ? NULL : l->current ? l->current : flow_new(l, want, inbound);
	while (flow &&
	       (!flow->has_ports || flow->local_port != local || flow->remote_port != remote))
		flow = flow->next;
	if (flow)
		return flow;
	/* By its ports it may be the current one. */
	if (!(tcp->flags & TCP_SYN)) {
		l->vague = true;
		return NULL;
	}
	return flow_new(l, want, inbound);
}

/* ---- what the peer sends ---- */

static unsigned spans(const struct lint_flow *flow)
{
	return flow->sent_count < LINT_SPANS ? flow->sent_count : LINT_SPANS;
}

/*
 * Bytes that are sent again begin or end where they did before, also when they are cut differently.
 */
static bool was_sent(const struct lint_flow *flow, uint32_t begin, uint32_t end)
{
	for (unsigned i = 0; i < spans(flow); i++)
		if (begin != end && (flow->sent[i].begin == begin || flow->sent[i].end == end))
			return true;
	return false;
}

/* Tells whether a segment goes on behind a hole that was reported. */
static bool goes_on(const struct lint_flow *flow, uint32_t begin)
{
	for (unsigned i = 0; i < spans(flow); i++)
		if (flow->sent[i].end == begin)
			return true;
	return false;
}

/* One byte before the next number, as in keep-alive probes (RFC 9293, 3.8.4); not behind a FIN. */
static bool is_probe(const struct lint_flow *flow, const struct segment *segment)
{
	return !flow->peer.fin && segment->tcp.sequence + 1 == flow->peer.next &&
	       segment->tcp.sequence != 0 && segment->payload_length <= 1 &&
	       !(segment->tcp.flags & (TCP_FIN | TCP_RST));
}

static void check_sequence(struct linting *l, const struct step *step, struct lint_flow *flow)
{
	const struct segment *segment = &step->packet->segment;
	struct range where = packet_where(step->packet, FIELD_SEQUENCE);
	uint32_t begin = segment->tcp.sequence, next = flow->peer.next;
	uint32_t end = begin + segment->payload_length + !!(segment->tcp.flags & TCP_FIN);

	if (begin == next || was_sent(flow, begin, end) || is_probe(flow, segment))
		return;
	if (before(next, begin)) {
		if (!goes_on(flow, begin) &&
		    lint_warn(l, step, where,
		              "this begins at %" PRIu32 ", and the peer has sent up to %" PRIu32
		              ": it leaves a hole",
		              begin, next))
			diag_hint(l->diag,
			          "the next number is %" PRIu32
			          "; a hole that is wanted has // meant: WHY behind it",
			          next);
		return;
	}
	if (lint_warn(l, step, where,
	              "this begins at %" PRIu32 ", and the peer has sent up to %" PRIu32
	              " already%s",
	              begin, next,
	              flow->peer.fin && next == flow->peer.top ? ", its FIN counted" : ""))
		diag_hint(l->diag,
		          "the next number is %" PRIu32
		          "; what is sent again has the numbers that it had",
		          next);
}

static void check_acknowledges(struct linting *l, const struct step *step,
                               const struct lint_flow *flow)
{
	uint32_t ack = step->packet->segment.tcp.acknowledgment;

	if (!flow->kernel.known || !before(flow->kernel.next, ack))
		return;
	if (lint_warn(l, step, packet_where(step->packet, FIELD_ACKNOWLEDGMENT),
	              "this acknowledges %" PRIu32
	              ", and the > lines before it have sent no more than up to %" PRIu32,
	              ack, flow->kernel.next))
		diag_hint(l->diag, "SYN and FIN count one each; what a kernel sends is written "
		                   "before its acknowledgment");
}

static void extend(uint32_t *number, uint32_t to)
{
	if (before(*number, to))
		*number = to;
}

/*
 * The bytes go on where the ones before end, or they fill a hole: then what is behind the hole
 * counts, too.
 */
static void take_span(struct lint_flow *flow, uint32_t begin, uint32_t end)
{
	bool grown = true;

	flow->sent[flow->sent_count++ % LINT_SPANS] = (struct lint_span){ begin, end };
	extend(&flow->peer.top, end);
	while (grown) {
		uint32_t next = flow->peer.next;

		for (unsigned i = 0; i < spans(flow); i++)
			if (!before(next, flow->sent[i].begin))
				extend(&flow->peer.next, flow->sent[i].end);
		grown = flow->peer.next != next;
	}
}

static void take_inbound(struct linting *l, const struct step *step, struct lint_flow *flow)
{
	struct segment numbered = step->packet->segment, *segment = &numbered;
	struct tcp_header *tcp = &segment->tcp;
	uint32_t fin = tcp->flags & TCP_FIN ? 1 : 0;

	/* What is malformed on purpose is not taken. */
	if (segment->fixed)
		return;
	if (step->packet->sequence_follows)
		tcp->sequence = flow->peer.next;
	if (tcp->flags & TCP_SYN) {
		/* Another SYN in a connection may begin new numbers, or it may not. */
		flow->again |= flow->ready;
		flow->accepted &= !flow->again;
		flow->peer.known = !flow->again && !step->packet->absolute_sequence;
		flow->peer.next = flow->peer.top = 1 + segment->payload_length + fin;
		flow->ready |= segment->payload_length > 0;
		flow->unread += segment->payload_length;
		return;
	}
	if (step->packet->absolute_sequence)
		return;
	if (flow->peer.known && !step->packet->sequence_follows)
		check_sequence(l, step, flow);
	if (tcp->flags & TCP_ACK && !step->packet->acknowledges_all &&
	    packet_where(step->packet, FIELD_ACKNOWLEDGMENT).end)
		check_acknowledges(l, step, flow);
	flow->ready |= flow->answered && tcp->flags & TCP_ACK;
	flow->reset |= tcp->flags & TCP_RST;
	flow->unread += segment->payload_length;
	uint32_t end = tcp->sequence + segment->payload_length + fin;
	if (!(tcp->flags & TCP_RST)) {
		take_span(flow, tcp->sequence, end);
		flow->peer.fin |= fin;
	}
}

/* ---- what the kernel sends ---- */

/* A kernel acknowledges only what it has got (RFC 9293, 3.10.7.4). */
static void check_acknowledged(struct linting *l, const struct step *step,
                               const struct packet_want *want, const struct lint_flow *flow)
{
	uint32_t ack = want->segment.tcp.acknowledgment;

	if (!flow->peer.known || !before(flow->peer.top, ack) ||
	    !(want->check & 1u << FIELD_ACKNOWLEDGMENT))
		return;
	if (lint_warn(l, step, packet_where(want, FIELD_ACKNOWLEDGMENT),
	              "this acknowledges %" PRIu32
	              ", and the < lines before it have sent no more than up to %" PRIu32,
	              ack, flow->peer.top))
		diag_hint(l->diag, "SYN and FIN count one each");
}

/* What a kernel sends has no holes, and everything that it sends is in the script. */
static void check_sent(struct linting *l, const struct step *step, const struct packet_want *want,
                       const struct lint_flow *flow)
{
	uint32_t begin = want->segment.tcp.sequence, next = flow->kernel.next;

	if (!flow->kernel.known || !before(next, begin) || want->absolute_sequence ||
	    !(want->check & 1u << FIELD_SEQUENCE))
		return;
	if (lint_warn(l, step, packet_where(want, FIELD_SEQUENCE),
	              "this begins at %" PRIu32
	              ", and the > lines before it have sent up to %" PRIu32
	              ": the kernel would leave a hole",
	              begin, next))
		diag_hint(l->diag, "the next number is %" PRIu32 "; SYN and FIN count one each",
		          next);
}

/*
 * The queue has room for one more connection than the backlog says. The SYN of a further one is
 * dropped (listen(2)).
 */
static void check_queue(struct linting *l, const struct step *step, const struct packet_want *want)
{
	unsigned waiting = 0;

	for (const struct lint_flow *flow = l->flows; flow; flow = flow->next)
		waiting += flow->begun_by_peer && flow->ready && !flow->accepted && !flow->reset;
	if (!l->listener || l->foreign || l->vague || (int64_t)waiting <= l->backlog)
		return;
	if (lint_warn(l, step, packet_where(want, FIELD_FLAGS),
	              "the queue of listen() is full: %u wait in it, and its backlog is "
	              "%" PRId64,
	              waiting, l->backlog))
		diag_hint(l->diag, "the kernel drops the SYN; accept() one of them before, or give "
		                   "listen() a greater backlog");
}

static void take_outbound(struct linting *l, const struct step *step,
                          const struct packet_want *want, struct lint_flow *flow)
{
	const struct segment *segment = &want->segment;
	const struct tcp_header *tcp = &segment->tcp;
	uint32_t fin = tcp->flags & TCP_FIN ? 1 : 0;
	bool open = !(want->check & 1u << FIELD_SEQUENCE) || !(want->check & 1u << FIELD_LENGTH);

	if (tcp->flags & TCP_SYN) {
		if (flow->begun_by_peer && !flow->answered && tcp->flags & TCP_ACK)
			check_queue(l, step, want);
		flow->answered |= tcp->flags & TCP_ACK;
		flow->kernel = (struct lint_side){
			.known = !flow->again && !want->absolute_sequence,
			.next = 1 + segment->payload_length,
		};
		return;
	}
	if (!(tcp->flags & TCP_RST))
		check_sent(l, step, want, flow);
	/* A RST that answers a SYN counts from the number that is written there. */
	if (tcp->flags & TCP_ACK && !(tcp->flags & TCP_RST))
		check_acknowledged(l, step, want, flow);
	flow->reset |= tcp->flags & TCP_RST;
	/* There is no connection, or no more, so the numbers of what follows belong to nobody. */
	if (tcp->flags & TCP_RST && !flow->answered)
		flow->peer.known = flow->kernel.known = false;
	flow->kernel.fin |= fin;
	if (open || want->absolute_sequence)
		flow->kernel.known = false;
	else
		extend(&flow->kernel.next, tcp->sequence + segment->payload_length + fin);
}

void lint_segment(struct linting *l, const struct step *step)
{
	const struct packet_want *want = step->packet;
	bool inbound = step->kind == STEP_INJECT;

	/* When an error is reported to a socket, a program that reads from it wakes up, too. */
	if (want->segment.protocol == IPPROTO_ICMP || want->segment.protocol == IPPROTO_ICMPV6)
		for (struct lint_flow *flow = l->flows; inbound && flow; flow = flow->next)
			flow->reset = true;
	for (; want; want = want->alternative) {
		if (want->segment.protocol != IPPROTO_TCP ||
		    want->written & 1u << FIELD_ENCAPSULATION)
			continue;
		struct lint_flow *flow = flow_of(l, want, inbound);

		if (flow && inbound)
			take_inbound(l, step, flow);
		else if (flow)
			take_outbound(l, step, want, flow);
	}
}
