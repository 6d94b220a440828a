#include "verdict/flow.h"

#include <string.h>

#include "wire/tcp_options.h"

/*
 * Returns the index of the piece that begins there, or else of one that covers the place; -1 when
 * there is none.
 */
static int find_sent(const struct flow *flow, uint32_t sequence)
{
	size_t kept = flow->sent_count < FLOW_PIECES ? flow->sent_count : FLOW_PIECES;
	int covering = -1;

	for (size_t i = 0; i < kept; i++) {
		const struct flow_piece *sent = &flow->sent[i];

		if (sent->begin == sequence)
			return (int)i;
		if (sequence_before(sent->begin, sequence) && sequence_before(sequence, sent->end))
			covering = (int)i;
	}
	return covering;
}

const struct flow_piece *flow_find_sent(const struct flow *flow, uint32_t sequence)
{
	int i = find_sent(flow, sequence);

	return i < 0 ? NULL : &flow->sent[i];
}

uint32_t flow_window_end(const struct flow *flow)
{
	unsigned scale = flow->scale_sent && flow->scale_injected ? flow->window_scale : 0;

	if (flow->last_sent.segment.tcp.flags & TCP_SYN)
		scale = 0;
	return flow->last_ack + ((uint32_t)flow->last_window << scale);
}

static bool is_probe(const struct flow *flow, const struct segment *segment)
{
	return flow->send_known && segment->tcp.flags & TCP_ACK &&
	       !(segment->tcp.flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
	       segment->tcp.sequence == flow->send_una - 1 && segment->payload_length <= 1;
}

bool flow_is_probe(const struct flow *flow, const struct flow_segment *segment)
{
	return is_probe(flow, &segment->segment);
}

/* Keeps a segment without its payload and outer headers, whose memory will be used again. */
static void keep(struct flow_segment *kept, const struct flow_segment *segment)
{
	*kept = *segment;
	kept->segment.payload = NULL;
	kept->segment.payload_captured = 0;
	kept->segment.outer = NULL;
	kept->segment.outer_length = 0;
}

/* ---- injected ---- */

static void take_syn(struct flow *flow, const struct segment *segment)
{
	struct tcp_option_view view;

	flow->syn_injected = true;
	flow->receive_known = true;
	flow->receive_next = segment->tcp.sequence + 1;
	flow->sack_injected = tcp_option_find(&segment->tcp, TCPOPT_KIND_SACK_OK, &view);
	flow->scale_injected = tcp_option_find(&segment->tcp, TCPOPT_KIND_WSCALE, &view);
}

/* Returns false when the acknowledgment is not acceptable, so that the segment will be dropped. */
static bool take_ack(struct flow *flow, const struct segment *segment)
{
	uint32_t ack = segment->tcp.acknowledgment;

	if (!flow->send_known)
		return true;
	if (sequence_before(flow->send_next, ack))
		return false;
	if (sequence_before(flow->send_una, ack)) {
		flow->send_una = ack;
		flow->duplicate_acks = 0;
		flow->retransmissions = 0;
	} else if (ack == flow->send_una && flow->send_una != flow->send_next &&
	           !segment_sequence_length(segment) && segment->tcp.window == flow->peer_window) {
		flow->duplicate_acks++;
	}
	flow->peer_window = segment->tcp.window;
	return true;
}

/* Takes text that came too early and is in order now. */
static void take_ahead(struct flow *flow)
{
	for (size_t i = 0; i < flow->ahead_count;) {
		struct flow_range *range = &flow->ahead[i];

		if (sequence_before(flow->receive_next, range->begin)) {
			i++;
			continue;
		}
		if (sequence_before(flow->receive_next, range->end))
			flow->receive_next = range->end;
		*range = flow->ahead[--flow->ahead_count];
		i = 0;
	}
}

static void take_text(struct flow *flow, uint32_t begin, uint32_t end, usec_t at)
{
	if (sequence_before(flow->receive_next, begin)) {
		if (flow->ahead_count < FLOW_RANGES)
			flow->ahead[flow->ahead_count++] = (struct flow_range){ begin, end };
		return;
	}
	if (!sequence_before(flow->receive_next, end))
		return;
	flow->receive_next = end;
	take_ahead(flow);
	if (!flow->unacked) {
		flow->unacked = true;
		flow->unacked_at = at;
	}
}

static void take_timestamp(struct flow *flow, const struct segment *segment)
{
	uint32_t value, echo;

	if (!tcp_timestamp_get(&segment->tcp, &value, &echo))
		return;
	if (!flow->timestamp_known || sequence_before(flow->timestamp, value))
		flow->timestamp = value;
	flow->timestamp_known = true;
}

static void take_in_order(struct flow *flow, const struct segment *segment, usec_t at)
{
	uint32_t begin = segment->tcp.sequence, length = segment_sequence_length(segment);

	if (!flow->receive_known) {
		flow->receive_known = true;
		flow->receive_next = begin;
	}
	take_timestamp(flow, segment);
	/* Text behind the peer's FIN means nothing (RFC 9293 3.10.7.4, seventh). */
	if (!length || flow->fin_injected)
		return;
	if (segment->tcp.flags & TCP_FIN) {
		flow->peer_fin_known = true;
		flow->peer_fin_end = begin + length;
	}
	take_text(flow, begin, begin + length, at);
	if (flow->peer_fin_known && flow->receive_next == flow->peer_fin_end)
		flow->fin_injected = true;
}

void flow_injected(struct flow *flow, const struct flow_segment *injected, usec_t at)
{
	const struct segment *segment = &injected->segment;
	uint16_t flags = segment->tcp.flags;

	if (segment->protocol != IPPROTO_TCP)
		return;
	flow->heard_next = flow->receive_next;
	flow->heard_una = flow->send_una;
	flow->heard_timestamp = flow->timestamp;
	keep(&flow->last_injected, injected);
	flow->last_injected_at = at;
	flow->injected_any = true;
	flow->answered = false;
	flow->probes = 0;
	if (flags & TCP_RST) {
		if (flow->receive_known && segment->tcp.sequence == flow->receive_next)
			flow->reset_injected = true;
		return;
	}
	if (flags & TCP_SYN) {
		if (!flow->syn_injected)
			take_syn(flow, segment);
		if (!(flags & TCP_ACK))
			flow->peer_window = segment->tcp.window;
		else
			take_ack(flow, segment);
		return;
	}
	if (flags & TCP_ACK && take_ack(flow, segment))
		take_in_order(flow, segment, at);
}

/* ---- sent ---- */

/* The ports are used again. What was before belongs to another connection. */
static void begin_again(struct flow *flow)
{
	struct flow_segment injected = flow->last_injected;

	usec_t at = flow->last_injected_at;
	bool by_peer =
		flow->injected_any && injected.segment.tcp.flags & TCP_SYN && !flow->answered;

	*flow = (struct flow){ .no_loss_probe = flow->no_loss_probe };
	if (by_peer)
		flow_injected(flow, &injected, at);
}

static void note_syn(struct flow *flow, const struct segment *segment, usec_t at)
{
	uint16_t flags = segment->tcp.flags & (TCP_SYN | TCP_ACK);
	struct tcp_option_view view;

	if (flow->syn_flags == flags && flow->syn_sequence == segment->tcp.sequence) {
		flow->syn_count++;
		return;
	}
	flow->syn_flags = flags;
	flow->syn_sequence = segment->tcp.sequence;
	flow->syn_first_at = at;
	flow->syn_count = 1;
	flow->sack_sent = tcp_option_find(&segment->tcp, TCPOPT_KIND_SACK_OK, &view);
	flow->scale_sent = tcp_option_find(&segment->tcp, TCPOPT_KIND_WSCALE, &view);
	if (flow->scale_sent && view.length >= 3)
		flow->window_scale = view.bytes[2] > 14 ? 14 : view.bytes[2];
}

static void note_data(struct flow *flow, uint32_t begin, uint32_t end, usec_t at)
{
	int i = find_sent(flow, begin);

	if (i < 0) {
		i = (int)(flow->sent_count++ % FLOW_PIECES);
		flow->sent[i] = (struct flow_piece){ begin, end, at, 0 };
	}
	flow->sent[i].count++;
}

static void note_fin(struct flow *flow, uint32_t sequence, usec_t at)
{
	flow->fin_count++;
	if (flow->fin_sent)
		return;
	flow->fin_sent = true;
	flow->fin_sequence = sequence;
	flow->fin_first_at = at;
}

static void note_sequence(struct flow *flow, const struct segment *segment, usec_t at)
{
	uint32_t begin = segment->tcp.sequence, end = begin + segment_sequence_length(segment);
	uint16_t flags = segment->tcp.flags;

	if (flags & TCP_SYN)
		note_syn(flow, segment, at);
	if (!flow->send_known) {
		flow->send_known = true;
		flow->send_una = flow->send_next = begin;
	}
	if (is_probe(flow, segment)) {
		flow->probes++;
		return;
	}
	if (end != begin && sequence_before(begin, flow->send_next))
		flow->retransmissions++;
	if (segment->payload_length)
		note_data(flow, begin, begin + segment->payload_length, at);
	if (flags & TCP_FIN)
		note_fin(flow, end - 1, at);
	if (sequence_before(flow->send_next, end))
		flow->send_next = end;
}

static void note_ack(struct flow *flow, const struct segment *segment)
{
	flow->last_ack = segment->tcp.acknowledgment;
	flow->ack_known = true;
	if (!flow->receive_known) {
		flow->receive_known = true;
		flow->receive_next = flow->last_ack;
	}
	if (!sequence_before(flow->last_ack, flow->receive_next))
		flow->unacked = false;
}

/*
 * During the handshake, a RST answers a wrong segment and does not end the connection (RFC 9293
 * 3.10.7.3, 3.10.7.4 first).
 */
static bool in_handshake(const struct flow *flow)
{
	return flow->syn_count && flow->send_una == flow->syn_sequence;
}

void flow_sent(struct flow *flow, const struct flow_segment *sent, usec_t at)
{
	const struct segment *segment = &sent->segment;
	uint16_t flags = segment->tcp.flags;

	if (segment->protocol != IPPROTO_TCP)
		return;
	if (flags & TCP_SYN && (flow->fin_sent || flow->reset_sent || flow->reset_injected))
		begin_again(flow);
	/*
	 * A RST may have the numbers of the segment that it answers, not those of the connection.
	 */
	if (flags & TCP_RST) {
		if (!in_handshake(flow))
			flow->reset_sent = true;
	} else {
		note_sequence(flow, segment, at);
		if (flags & TCP_ACK)
			note_ack(flow, segment);
		flow->last_window = segment->tcp.window;
	}
	keep(&flow->last_sent, sent);
	flow->last_sent_at = at;
	flow->sent_any = true;
	flow->answered = true;
}
