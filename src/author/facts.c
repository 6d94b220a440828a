#include "author/facts.h"

#include <netinet/in.h>
#include <string.h>

#include "wire/tcp_options.h"

enum {
	AT_ONCE = 1 * USEC_PER_MSEC,      /* what comes so soon after a packet is an answer to it */
	PROBE_IDLE = 500 * USEC_PER_MSEC, /* a keepalive probe comes after so long a silence */
};

static bool is_tcp(const struct heard *heard)
{
	return heard->segment.protocol == IPPROTO_TCP;
}

static bool later(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) > 0;
}

static uint32_t end_of(const struct heard *heard)
{
	return heard->segment.tcp.sequence + heard->segment.payload_length;
}

static bool has_option(const struct heard *heard, uint8_t kind)
{
	struct tcp_option_view view;

	return tcp_option_find(&heard->segment.tcp, kind, &view);
}

/* ---- steps within a connection ---- */

/* The packet before `packet` on its connection. */
static bool step_before(const struct conversation *talk, size_t packet, size_t *before)
{
	for (size_t i = packet; i-- > 0;)
		if (talk->packets[i].flow == talk->packets[packet].flow) {
			*before = i;
			return true;
		}
	return false;
}

bool facts_after(const struct conversation *talk, size_t packet, size_t *after)
{
	for (size_t i = packet + 1; i < talk->count; i++)
		if (talk->packets[i].flow == talk->packets[packet].flow) {
			*after = i;
			return true;
		}
	return false;
}

/* ---- the handshake ---- */

static bool offers(const struct heard *heard, enum negotiable option, bool answer)
{
	static const uint8_t kinds[] = {
		[OPTION_TIMESTAMPS] = TCPOPT_KIND_TS,
		[OPTION_SACK] = TCPOPT_KIND_SACK_OK,
		[OPTION_SCALING] = TCPOPT_KIND_WSCALE,
	};
	uint16_t ecn = heard->segment.tcp.flags & (TCP_ECE | TCP_CWR);

	if (option == OPTION_ECN) /* RFC 3168 6.1.1 */
		return ecn == (answer ? TCP_ECE : TCP_ECE | TCP_CWR);
	return has_option(heard, kinds[option]);
}

static void take_syn(const struct heard *heard, enum side kernel, bool answer, struct facts *facts)
{
	struct tcp_option_view view;

	/* When both ends begin at the same time, the kernel's SYN says what it asks for. */
	if (heard->from != kernel && !answer && facts->window)
		return;
	for (int option = 0; option < NEGOTIABLES; option++) {
		struct negotiated *negotiated = &facts->negotiated[option];
		bool *offered = answer ? &negotiated->agreed : &negotiated->asked;

		*offered = offers(heard, (enum negotiable)option, answer);
	}
	if (heard->from != kernel || facts->window)
		return;
	facts->window = heard->segment.tcp.window;
	if (tcp_option_find(&heard->segment.tcp, TCPOPT_KIND_MSS, &view) && view.length == 4)
		facts->mss = (unsigned)view.bytes[2] << 8 | view.bytes[3];
}

static void find_handshake(const struct conversation *talk, unsigned flow, enum side kernel,
                           struct facts *facts)
{
	uint32_t with_data = 0; /* what acknowledges the data of a SYN */
	bool asked = false;

	for (size_t i = facts->first; i < talk->count && !facts->syn_ack; i++) {
		const struct heard *heard = &talk->packets[i];
		uint16_t flags = heard->segment.tcp.flags;

		if (heard->flow != flow || !is_tcp(heard))
			continue;
		if (flags & TCP_SYN && flags & TCP_ACK) {
			facts->fast_open = asked && heard->from == kernel && with_data &&
			                   heard->segment.tcp.acknowledgment == with_data;
			take_syn(heard, kernel, true, facts);
			facts->syn_ack = true;
			facts->taken = heard->from == kernel;
		} else if (flags & TCP_SYN) {
			take_syn(heard, kernel, false, facts);
			asked = heard->from != kernel;
			with_data = heard->segment.payload_length ? end_of(heard) + 1 : 0;
		} else if (flags & TCP_RST && asked && heard->from == kernel) {
			facts->refused = true;
		}
	}
}

/* What completed a handshake that the peer began, and whether the listener had room for it. */
static void find_overflow(const struct conversation *talk, unsigned flow, enum side kernel,
                          struct facts *facts)
{
	const struct heard *asked = NULL;

	for (size_t i = facts->first; facts->taken && i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		const struct tcp_header *tcp = &heard->segment.tcp;
		uint16_t flags = tcp->flags & (TCP_SYN | TCP_ACK | TCP_RST);

		if (heard->flow != flow || !is_tcp(heard))
			continue;
		if (heard->from == kernel && !facts->completed) {
			asked = flags == (TCP_SYN | TCP_ACK) ? heard : asked;
		} else if (heard->from == kernel) {
			if ((flags == (TCP_SYN | TCP_ACK) &&
			     tcp->sequence == asked->segment.tcp.sequence) ||
			    flags == TCP_RST)
				facts->overflowed = facts->completed;
			return;
		} else if (asked && flags == TCP_ACK && !facts->completed &&
		           tcp->acknowledgment == asked->segment.tcp.sequence + 1) {
			facts->completed = i;
		}
	}
}

/* ---- options that later packets show ---- */

/*
 * A small segment was sent while another one was not acknowledged yet. RFC 1122 4.2.3.4 would hold
 * it back.
 */
static bool find_nodelay(const struct conversation *talk, unsigned flow, enum side kernel,
                         const struct facts *facts)
{
	uint32_t small_until = 0, next = 0;
	bool small = false, begun = false;

	for (size_t i = facts->first; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		uint32_t length = heard->segment.payload_length;

		if (heard->flow != flow || !is_tcp(heard))
			continue;
		if (heard->from != kernel) {
			small = small && later(small_until, heard->segment.tcp.acknowledgment);
			continue;
		}
		bool is_new = length && (!begun || !later(next, heard->segment.tcp.sequence));
		bool is_small = length < facts->mss && !(heard->segment.tcp.flags & TCP_FIN);
		if (is_new && is_small && small)
			return true;
		if (is_new && is_small)
			small = true, small_until = end_of(heard);
		if (length)
			begun = true, next = end_of(heard);
	}
	return false;
}

static unsigned seconds(usec_t time)
{
	return (unsigned)((time + USEC_PER_SEC / 2) / USEC_PER_SEC);
}

/*
 * A probe repeats the number before the next one, while everything is acknowledged (RFC 1122
 * 4.2.3.6).
 */
static bool is_probe(const struct heard *heard, uint32_t next)
{
	return !(heard->segment.tcp.flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
	       heard->segment.tcp.sequence == next - 1 && heard->segment.payload_length <= 1;
}

static void find_keepalive(const struct conversation *talk, unsigned flow, enum side kernel,
                           struct facts *facts)
{
	uint32_t next = 0, answered = 0;
	usec_t last = 0, probe = 0;
	unsigned window = 1, probes = 0;

	for (size_t i = facts->first; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		const struct tcp_header *tcp = &heard->segment.tcp;

		if (heard->flow != flow || !is_tcp(heard))
			continue;
		if (heard->from != kernel) {
			answered = tcp->acknowledgment;
			window = tcp->window;
			probes = 0;
		} else if (tcp->flags & TCP_RST) {
			facts->keep_count = probes;
		} else if (is_probe(heard, next) && answered == next && window &&
		           heard->at - last >= PROBE_IDLE) {
			if (!facts->keep_idle)
				facts->keep_idle = seconds(heard->at - last);
			else if (probe && !facts->keep_interval)
				facts->keep_interval = seconds(heard->at - probe);
			probe = heard->at;
			probes++;
		} else {
			next = end_of(heard) + !!(tcp->flags & TCP_SYN) + !!(tcp->flags & TCP_FIN);
		}
		last = heard->at;
	}
}

void facts_find(const struct conversation *talk, unsigned flow, enum side kernel,
                struct facts *facts)
{
	*facts = (struct facts){ 0 };
	while (facts->first < talk->count && talk->packets[facts->first].flow != flow)
		facts->first++;
	find_handshake(talk, flow, kernel, facts);
	find_overflow(talk, flow, kernel, facts);
	facts->nodelay = find_nodelay(talk, flow, kernel, facts);
	find_keepalive(talk, flow, kernel, facts);
}

/* ---- which end is the kernel ---- */

/* The end of the first connection that has sent a packet, by its address. */
static enum side sender_of(const struct conversation *talk, const struct heard *heard)
{
	const struct flow *flow = &talk->flows[heard->flow];

	return flow_side_of(&talk->flows[0], &flow->ends[heard->from].address, heard->from);
}

/*
 * How often packets of one side followed at once on packets of the other. This side is near to
 * where the capture was made.
 */
static void count_answers(const struct conversation *talk, size_t answers[2], size_t packets[2])
{
	size_t before;

	for (size_t i = 0; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		enum side sender = sender_of(talk, heard);

		if (!step_before(talk, i, &before) || talk->packets[before].from == heard->from)
			continue;
		packets[sender]++;
		answers[sender] += heard->at - talk->packets[before].at < AT_ONCE / 2;
	}
}

enum side facts_kernel_side(const struct conversation *talk)
{
	size_t answers[2] = { 0 }, packets[2] = { 0 };

	if (talk->side_given)
		return talk->side;
	if (talk->sent_by[SIDE_CLIENT] != talk->sent_by[SIDE_SERVER])
		return talk->sent_by[SIDE_CLIENT] ? SIDE_CLIENT : SIDE_SERVER;
	count_answers(talk, answers, packets);
	/* Compared with what each side sent. When both are equal, it is the server. */
	return answers[SIDE_CLIENT] * (packets[SIDE_SERVER] + 1) >
	                       answers[SIDE_SERVER] * (packets[SIDE_CLIENT] + 1)
	               ? SIDE_CLIENT
	               : SIDE_SERVER;
}

/* ---- the end ---- */

/* What has happened on a connection before one of its packets, as the packets show it. */
struct past {
	bool at_once;           /* the packet before is the peer's, and has just come */
	bool peer_acknowledges; /* and it has ACK */
	bool finished;          /* the kernel has sent FIN */
	bool reset;             /* one end has sent RST */
	bool data;              /* the peer has sent data */
	bool established;       /* the peer has sent something after its SYN */
};

static void look_back(const struct conversation *talk, size_t packet, struct past *past)
{
	enum side kernel = talk->packets[packet].from;
	size_t before;

	*past = (struct past){ 0 };
	if (step_before(talk, packet, &before)) {
		const struct heard *heard = &talk->packets[before];

		past->at_once =
			heard->from != kernel && talk->packets[packet].at - heard->at < AT_ONCE;
		past->peer_acknowledges = !is_tcp(heard) || heard->segment.tcp.flags & TCP_ACK;
	}
	for (size_t i = 0; i < packet; i++) {
		const struct heard *heard = &talk->packets[i];
		uint16_t flags = heard->segment.tcp.flags;

		if (heard->flow != talk->packets[packet].flow || !is_tcp(heard))
			continue;
		past->finished |= heard->from == kernel && flags & TCP_FIN;
		past->reset |= (flags & TCP_RST) != 0;
		past->data |= heard->from != kernel && heard->segment.payload_length;
		past->established |= heard->from != kernel && flags & TCP_ACK && !(flags & TCP_RST);
	}
}

/*
 * A RST that answers a segment with ACK has no ACK; a RST of an abort always has one (RFC 9293
 * 3.10.7.1).
 */
void facts_reset_causes(const struct conversation *talk, size_t packet,
                        enum reset_cause causes[RESET_CAUSES])
{
	static const enum reset_cause orders[][RESET_CAUSES] = {
		{ RESET_ANSWER, RESET_LINGER, RESET_UNREAD, RESET_LISTENER, RESET_GONE },
		{ RESET_UNREAD, RESET_LINGER, RESET_LISTENER, RESET_ANSWER, RESET_GONE },
		{ RESET_LINGER, RESET_LISTENER, RESET_ANSWER, RESET_UNREAD, RESET_GONE },
	};
	bool acknowledges = talk->packets[packet].segment.tcp.flags & TCP_ACK;
	struct past past;
	size_t order;

	look_back(talk, packet, &past);
	if (!acknowledges || past.reset || !past.established ||
	    (past.at_once && (past.finished || !past.peer_acknowledges)))
		order = 0;
	else
		order = past.data ? 1 : 2;
	memcpy(causes, orders[order], sizeof(orders[order]));
}

bool facts_takes_more(const struct conversation *talk, size_t packet)
{
	const struct heard *fin = &talk->packets[packet];
	uint32_t taken = fin->segment.tcp.acknowledgment;
	bool more = false;

	for (size_t i = packet + 1; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];

		if (heard->flow != fin->flow || !is_tcp(heard))
			continue;
		if (heard->from != fin->from)
			more |= heard->segment.payload_length && later(end_of(heard), taken);
		else if (more)
			return !(heard->segment.tcp.flags & TCP_RST);
	}
	return false;
}

/* ---- writing ---- */

/* How far the data that the kernel sent continues from a packet, until something ends it. */
struct stretch {
	bool over_pushes;  /* whether it continues after PSH */
	bool over_answers; /* whether it continues after a packet of the peer */
	bool over_pauses;  /* whether it continues after a pause */
};

static bool ends_before(const struct stretch *stretch, const struct heard *heard,
                        const struct heard *first, usec_t last)
{
	if (heard->from != first->from)
		return heard->segment.payload_length || !stretch->over_answers;
	return !stretch->over_pauses && heard->at - last > AT_ONCE;
}

static uint32_t stretch_length(const struct conversation *talk, size_t packet,
                               const struct stretch *stretch)
{
	const struct heard *first = &talk->packets[packet];
	uint32_t end = end_of(first);
	uint16_t last = stretch->over_pushes ? TCP_FIN : TCP_FIN | TCP_PSH;
	usec_t at = first->at;

	for (size_t i = packet; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];

		if (heard->flow != first->flow || !is_tcp(heard))
			continue;
		if (ends_before(stretch, heard, first, at))
			break;
		if (heard->from != first->from)
			continue;
		if (later(end_of(heard), end))
			end = end_of(heard);
		at = heard->at;
		if (heard->segment.tcp.flags & last)
			break;
	}
	return end - first->segment.tcp.sequence;
}

size_t facts_writes(const struct conversation *talk, size_t packet, uint32_t lengths[WRITES_MAX])
{
	static const struct stretch stretches[] = {
		{ .over_answers = true, .over_pauses = true },
		{ .over_pushes = true, .over_answers = true, .over_pauses = true },
		{ .over_pushes = true },
	};
	size_t count = 0, i;

	for (size_t which = 0; which <= sizeof(stretches) / sizeof(stretches[0]); which++) {
		bool alone = which == sizeof(stretches) / sizeof(stretches[0]);
		uint32_t length = alone ? talk->packets[packet].segment.payload_length
		                        : stretch_length(talk, packet, &stretches[which]);

		for (i = 0; i < count && lengths[i] != length; i++)
			;
		if (i == count)
			lengths[count++] = length;
	}
	return count;
}

/* ---- what had to wait ---- */

/*
 * Finds out which of the kernel's numbers were on the wire before a packet. Returns false when none
 * were.
 */
static bool sent_before(const struct conversation *talk, size_t packet, enum side kernel,
                        uint32_t *next)
{
	bool any = false;

	*next = 0;
	for (size_t i = 0; i <= packet; i++) {
		const struct heard *heard = &talk->packets[i];
		uint32_t end = end_of(heard) + !!(heard->segment.tcp.flags & (TCP_SYN | TCP_FIN));

		if (heard->flow != talk->packets[packet].flow || heard->from != kernel ||
		    !is_tcp(heard) || (any && !later(end, *next)))
			continue;
		*next = end;
		any = true;
	}
	return any;
}

/*
 * Finds the next packet of the kernel with something new, and the probe for room before it, if
 * there is one.
 */
static bool next_new(const struct conversation *talk, size_t packet, enum side kernel,
                     uint32_t next, size_t *found, size_t *probe)
{
	*probe = 0;
	for (*found = packet; facts_after(talk, *found, found);) {
		const struct heard *heard = &talk->packets[*found];

		if (heard->from != kernel || !is_tcp(heard))
			continue;
		if (heard->segment.tcp.flags & (TCP_SYN | TCP_RST))
			return false;
		if (later(end_of(heard) + !!(heard->segment.tcp.flags & TCP_FIN), next))
			return true;
		if (!*probe && is_probe(heard, next))
			*probe = *found;
	}
	return false;
}

bool facts_waits(const struct conversation *talk, size_t packet, enum side kernel, size_t *held,
                 bool *likely)
{
	size_t before, probe, point;
	uint32_t next;

	if (!sent_before(talk, packet, kernel, &next) ||
	    !next_new(talk, packet, kernel, next, held, &probe) ||
	    !step_before(talk, *held, &before) || before <= packet)
		return false;
	const struct heard *cause = &talk->packets[before], *heard = &talk->packets[*held];
	bool clocked = cause->from != kernel && is_tcp(cause) && !cause->segment.payload_length &&
	               heard->at - cause->at < AT_ONCE;
	*likely = clocked && (heard->segment.payload_length || probe);
	/* Before the packet that let it go, or before the first probe. */
	return cause->from != kernel && step_before(talk, probe ? probe : before, &point) &&
	       point == packet;
}

bool facts_probes(const struct conversation *talk, size_t packet, enum side kernel)
{
	const struct heard *closed = &talk->packets[packet];
	size_t after, found, probe;
	uint32_t next;

	if (closed->from == kernel || !is_tcp(closed) || closed->segment.tcp.window ||
	    closed->segment.tcp.flags & (TCP_SYN | TCP_RST) ||
	    !sent_before(talk, packet, kernel, &next) || !facts_after(talk, packet, &after))
		return false;
	return talk->packets[after].from == kernel && is_tcp(&talk->packets[after]) &&
	       is_probe(&talk->packets[after], next) &&
	       !next_new(talk, packet, kernel, next, &found, &probe);
}
