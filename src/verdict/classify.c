/*
 * The rules are asked in turn, and the first one that knows the segment names it: resets, SYNs,
 * probes, segments with text or FIN, ACKs alone. An ACK alone that says nothing new is explained by
 * the segment that it answers. That segment must have come just before (the kernel answers at
 * once), and must be one that needs an answer; the reasons are in a table. Nothing here knows what
 * the program does, or in which state the kernel is, so a reason may be a guess. Then the words say
 * "probably", or name both possibilities.
 */
#include "verdict/classify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "wire/bytes.h"
#include "wire/tcp_options.h"

enum {
	REPLY_AT_ONCE =
		/* A segment that comes later is not an answer to the one before. */
	20 * USEC_PER_MSEC,
	DELAYED = 10 * USEC_PER_MSEC, /* an ACK that is so late was delayed on purpose */
};

/* The segment that is looked at. */
struct look {
	const struct flow *flow;
	const struct tcp_header *tcp;
	const struct flow_segment *whole;
	uint32_t begin, end, length; /* in sequence space; `length` is that of the text */
	usec_t at;
	char *text;
	size_t size;
	enum segment_class *class;
};

static __attribute__((format(printf, 3, 4))) bool
say(const struct look *look, enum segment_class class, const char *format, ...)
{
	va_list args;

	*look->class = class;
	va_start(args, format);
	vsnprintf(look->text, look->size, format, args);
	va_end(args);
	return true;
}

static bool has(const struct look *look, unsigned flags)
{
	return look->tcp->flags & flags;
}

static const char *ordinal_suffix(unsigned number)
{
	if (number % 100 / 10 == 1)
		return "th";
	return number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
}

/* "2nd time, 0.204 s after the first" */
static const char *repetition(unsigned count, usec_t after, char text[64])
{
	snprintf(text, 64, "%u%s time, %.3f s after the first", count, ordinal_suffix(count),
	         (double)after / USEC_PER_SEC);
	return text;
}

/* Returns the segment that was injected just before, if the kernel may be answering it. */
static const struct segment *trigger(const struct look *look)
{
	const struct flow *flow = look->flow;

	usec_t after = look->at - flow->last_injected_at;

	/*
	 * When the kernel's segment is older than that, it answers something earlier, and was only
	 * looked at late.
	 */
	if (!flow->injected_any || flow->answered || after < 0 || after > REPLY_AT_ONCE)
		return NULL;
	return &flow->last_injected.segment;
}

/* ---- RST ---- */

/*
 * A RST|ACK in answer to a segment without ACK takes its numbers from that segment (RFC 9293
 * 3.10.7.1).
 */
static bool say_reset_without_ack(const struct look *look, const struct segment *cause)
{
	bool known = look->flow->syn_count || look->flow->fin_sent;

	if (!(cause->tcp.flags & TCP_SYN))
		return say(look, CLASS_RESET_OF_NO_ACK,
		           "RST|ACK in reply to a segment without ACK that no connection takes");
	if (known)
		return say(look, CLASS_RESET_OF_SYN_GONE,
		           "RST|ACK in reply to a SYN: the connection is no more");
	return say(look, CLASS_RESET_OF_SYN_REFUSED,
	           "RST|ACK in reply to a SYN: nothing listens on the port");
}

static bool say_abort(const struct look *look)
{
	const struct flow *flow = look->flow;

	if (flow->send_known && (sequence_before(look->begin, flow->send_una) ||
	                         sequence_before(flow->send_next, look->begin)))
		return say(look, CLASS_RESET_MISPLACED,
		           "RST|ACK at %" PRIu32 ", which is not within %" PRIu32 ":%" PRIu32,
		           look->begin, flow->send_una, flow->send_next);
	if (flow->probes)
		return say(look, CLASS_ABORT_PROBES,
		           "abort by RST|ACK: %u %s probe%s went unanswered", flow->probes,
		           flow->peer_window ? "keepalive" : "zero-window",
		           flow->probes == 1 ? "" : "s");
	if (flow->retransmissions)
		return say(look, CLASS_ABORT_RETRANSMISSIONS,
		           "abort by RST|ACK: %u retransmission%s went unanswered",
		           flow->retransmissions, flow->retransmissions == 1 ? "" : "s");
	if (flow->dissolved)
		return say(look, CLASS_ABORT_DISCONNECT,
		           "abort by RST|ACK: connect() to AF_UNSPEC dissolved the "
		           "connection");
	return say(look, CLASS_ABORT_CLOSE, "abort by RST|ACK: " GUESS_CLOSE);
}

static enum segment_class reset_class(const struct flow *flow, const struct segment *cause)
{
	bool syn_sent = flow->syn_flags == TCP_SYN && flow->send_una == flow->syn_sequence;
	bool syn_received =
		flow->syn_flags == (TCP_SYN | TCP_ACK) && flow->send_una == flow->syn_sequence;

	if (!flow->send_known)
		return CLASS_RESET_OF_ACK;
	if (syn_sent)
		return CLASS_RESET_SYN_SENT;
	if (syn_received)
		return CLASS_RESET_SYN_RECEIVED;
	if (flow->reset_sent || flow->reset_injected)
		return CLASS_RESET_AFTER_RESET;
	if (cause->payload_length && flow->fin_sent)
		return CLASS_RESET_OF_DATA;
	return CLASS_RESET_OF_SEGMENT;
}

static const char *reset_reason(enum segment_class class)
{
	switch (class) {
	case CLASS_RESET_OF_ACK:
		return "an ACK that no connection takes";
	case CLASS_RESET_SYN_SENT:
		return "an ACK that does not acknowledge the SYN";
	case CLASS_RESET_SYN_RECEIVED:
		return "an ACK that does not acknowledge the SYN-ACK";
	case CLASS_RESET_AFTER_RESET:
		return "a segment for a connection that was reset";
	case CLASS_RESET_OF_DATA:
		return "data after close";
	default:
		return "a segment that no connection takes";
	}
}

/*
 * In FIN_WAIT_1 and 2 after a close, nobody can read any more, so text that comes out of order is
 * as bad as text in order.
 */
static bool leaves_hole_after_close(const struct flow *flow, const struct segment *cause)
{
	return flow->fin_sent && !flow->fin_injected && !flow->reset_sent &&
	       !flow->reset_injected && segment_sequence_length(cause) &&
	       sequence_before(flow->heard_next, cause->tcp.sequence);
}

static bool rule_reset(const struct look *look)
{
	const struct segment *cause = trigger(look);
	enum segment_class class;

	if (!has(look, TCP_RST))
		return false;
	if (has(look, TCP_ACK)) {
		if (cause && !(cause->tcp.flags & TCP_ACK) &&
		    look->tcp->acknowledgment ==
		            cause->tcp.sequence + segment_sequence_length(cause))
			return say_reset_without_ack(look, cause);
		return say_abort(look);
	}
	if (!cause || !(cause->tcp.flags & TCP_ACK))
		return say(look, CLASS_RESET_UNPROVOKED, "RST without ACK that answers nothing");
	if (look->begin != cause->tcp.acknowledgment)
		return say(look, CLASS_RESET_WRONG_NUMBER,
		           "RST, but not at %" PRIu32 ", the ACK number of what it answers",
		           cause->tcp.acknowledgment);
	if (leaves_hole_after_close(look->flow, cause))
		return say(look, CLASS_RESET_HOLE,
		           "RST in reply to a %s after close that leaves a hole, %" PRIu32
		           ":%" PRIu32 " is missing",
		           cause->tcp.flags & TCP_FIN ? "FIN" : "segment", look->flow->heard_next,
		           cause->tcp.sequence);
	class = reset_class(look->flow, cause);
	return say(look, class, "RST in reply to %s", reset_reason(class));
}

/* ---- SYN ---- */

static bool rule_syn(const struct look *look)
{
	const struct flow *flow = look->flow;
	const char *name = has(look, TCP_ACK) ? "SYN-ACK" : "SYN";
	char times[64];

	if (!has(look, TCP_SYN))
		return false;
	if (!flow->syn_count)
		return true;
	if (flow->fin_sent || flow->reset_sent || flow->reset_injected)
		return say(look, CLASS_SYN_NEW, "%s of a new connection on the same ports", name);
	if (flow->syn_flags == TCP_SYN && has(look, TCP_ACK))
		return say(look, CLASS_SYN_CROSSING,
		           "SYN-ACK to a crossing SYN: simultaneous open");
	if (flow->syn_sequence != look->begin)
		return say(look, CLASS_SYN_OTHER_NUMBER, "%s with another initial sequence number",
		           name);
	return say(look, CLASS_SYN_AGAIN, "retransmitted %s, %s", name,
	           repetition(flow->syn_count + 1, look->at - flow->syn_first_at, times));
}

/* ---- probes ---- */

static bool rule_probe(const struct look *look)
{
	const struct flow *flow = look->flow;
	const char *name = flow->peer_window ? "keepalive probe" : "zero-window probe";
	enum segment_class class =
		flow->peer_window ? CLASS_PROBE_KEEPALIVE : CLASS_PROBE_ZERO_WINDOW;

	if (!flow->sent_any || !flow_is_probe(flow, look->whole))
		return false;
	if (!flow->probes)
		return say(look, class, "%s", name);
	return say(look, class, "%s, the %u%s without an answer", name, flow->probes + 1,
	           ordinal_suffix(flow->probes + 1));
}

/* ---- text and FIN ---- */

/*
 * When the last segments are not acknowledged, Linux sends a loss probe before its retransmission
 * timer expires. After three duplicate ACKs it does a fast retransmit (RFC 8985 7, RFC 5681 3.2).
 */
static const char *retransmit_cause(const struct look *look)
{
	const struct flow *flow = look->flow;

	if (flow->duplicate_acks >= 3)
		return ", after 3 or more duplicate ACKs";
	if (!flow->no_loss_probe && flow->sack_sent && flow->sack_injected &&
	    !flow->duplicate_acks && !flow->retransmissions && look->end == flow->send_next)
		return ", " GUESS_PROBE;
	return "";
}

static bool say_fin_again(const struct look *look)
{
	const struct flow *flow = look->flow;
	char times[64];

	if (look->end - 1 != flow->fin_sequence)
		return say(look, CLASS_FIN_MOVED,
		           "FIN at %" PRIu32 ", though the first was at %" PRIu32, look->end - 1,
		           flow->fin_sequence);
	if (sequence_before(flow->fin_sequence, flow->send_una))
		return say(look, CLASS_FIN_SPURIOUS,
		           "spurious retransmission of the FIN, which is acknowledged");
	return say(look, CLASS_FIN_AGAIN, "retransmitted FIN%s, %s%s",
	           look->length ? " with data" : "",
	           repetition(flow->fin_count + 1, look->at - flow->fin_first_at, times),
	           retransmit_cause(look));
}

static bool say_retransmission(const struct look *look)
{
	const struct flow *flow = look->flow;
	const struct flow_piece *sent = flow_find_sent(flow, look->begin);
	bool part = sequence_before(look->begin, flow->send_una);
	char times[64] = "", range[48], before[32] = "";

	snprintf(range, sizeof(range), "%" PRIu32 ":%" PRIu32, look->begin,
	         look->begin + look->length);
	if (!sequence_before(flow->send_una, look->end))
		return say(look, CLASS_DATA_SPURIOUS,
		           "spurious retransmission of %s, which is acknowledged", range);
	if (part)
		snprintf(before, sizeof(before), ", acknowledged up to %" PRIu32, flow->send_una);
	if (sent)
		repetition(sent->count + 1, look->at - sent->first_at, times);
	return say(look, CLASS_DATA_AGAIN, "retransmission of %s%s%s%s%s", range, before,
	           sent ? ", " : "", times, retransmit_cause(look));
}

static bool say_first_fin(const struct look *look)
{
	const struct flow *flow = look->flow;

	if (flow->fin_injected && has(look, TCP_ACK) &&
	    sequence_before(look->tcp->acknowledgment, flow->peer_fin_end))
		return say(look, CLASS_FIN_CROSSING, "FIN that crosses the peer's");
	if (look->length)
		return say(look, CLASS_FIN_WITH_DATA, "FIN with data");
	return true;
}

static bool rule_text(const struct look *look)
{
	const struct flow *flow = look->flow;
	bool fin = has(look, TCP_FIN);

	if (look->begin == look->end)
		return false;
	if (!flow->send_known)
		return true;
	if (fin && flow->fin_sent)
		return say_fin_again(look);
	if (sequence_before(flow->send_next, look->begin))
		return say(look, CLASS_SEGMENT_BEYOND,
		           "segment beyond what was sent, %" PRIu32 ":%" PRIu32 " is missing",
		           flow->send_next, look->begin);
	if (!sequence_before(flow->send_next, look->end))
		return say_retransmission(look);
	if (sequence_before(look->begin, flow->send_next))
		return say(look, CLASS_DATA_AGAIN_AND_MORE,
		           "retransmission from %" PRIu32 " to %" PRIu32 " with %s", look->begin,
		           flow->send_next,
		           look->end - fin == flow->send_next ? "the FIN" : "new data");
	if (flow->injected_any && !flow->peer_window && flow->syn_count)
		return say(look, CLASS_SEGMENT_INTO_ZERO, "segment into a zero window");
	return fin ? say_first_fin(look) : true;
}

/* ---- ACKs alone ---- */

/* A D-SACK block is below the ACK number, or within the second block (RFC 2883 4). */
static void print_sack(const struct tcp_header *tcp, char *text, size_t size)
{
	struct tcp_option_view view;
	uint32_t edges[4] = { 0 };
	bool duplicate;

	*text = '\0';
	if (!tcp_option_find(tcp, TCPOPT_KIND_SACK, &view) || view.length < 10)
		return;
	for (size_t i = 0; i < 4 && 2 + 4 * (i + 1) <= view.length; i++)
		for (size_t byte = 0; byte < 4; byte++)
			edges[i] = edges[i] << 8 | view.bytes[2 + 4 * i + byte];
	duplicate = sequence_before(edges[0], tcp->acknowledgment) ||
	            (view.length >= 18 && !sequence_before(edges[0], edges[2]) &&
	             !sequence_before(edges[3], edges[1]));
	snprintf(text, size, ", %s %" PRIu32 ":%" PRIu32, duplicate ? "D-SACK" : "SACK", edges[0],
	         edges[1]);
}

/* The segment that is answered, and what was known when it came. */
struct heard {
	const struct flow *flow;
	const struct segment *segment;
	uint16_t flags;
	uint32_t begin, end, next, window_end;
};

static bool heard_reset_inside(const struct heard *heard)
{
	return heard->flags & TCP_RST && heard->begin != heard->next &&
	       !sequence_before(heard->begin, heard->next) &&
	       !sequence_before(heard->window_end, heard->begin);
}

static bool heard_reset(const struct heard *heard)
{
	return heard->flags & TCP_RST;
}

static bool heard_syn(const struct heard *heard)
{
	return heard->flags & TCP_SYN;
}

static bool heard_old_timestamp(const struct heard *heard)
{
	uint32_t value, echo;

	return heard->flow->timestamp_known &&
	       tcp_timestamp_get(&heard->segment->tcp, &value, &echo) &&
	       sequence_before(value, heard->flow->heard_timestamp);
}

static bool heard_beyond(const struct heard *heard)
{
	return sequence_before(heard->window_end, heard->begin);
}

static bool heard_keepalive(const struct heard *heard)
{
	return heard->begin == heard->next - 1 && !(heard->flags & TCP_FIN) &&
	       heard->segment->payload_length <= 1;
}

static bool heard_old(const struct heard *heard)
{
	return sequence_before(heard->begin, heard->next) &&
	       !sequence_before(heard->next, heard->end);
}

static bool heard_old_fin(const struct heard *heard)
{
	return heard->flags & TCP_FIN && heard_old(heard);
}

static bool heard_old_data(const struct heard *heard)
{
	return heard->segment->payload_length && heard_old(heard);
}

static bool heard_ack_unsent(const struct heard *heard)
{
	return heard->flags & TCP_ACK &&
	       sequence_before(heard->flow->send_next, heard->segment->tcp.acknowledgment);
}

/*
 * The kernel accepts an old ACK within the largest window that it was offered. It objects to an
 * older one.
 */
static bool heard_ack_ancient(const struct heard *heard)
{
	return heard->flags & TCP_ACK &&
	       sequence_before(heard->segment->tcp.acknowledgment, heard->flow->heard_una);
}

static bool heard_gap(const struct heard *heard)
{
	return heard->begin != heard->end && sequence_before(heard->next, heard->begin);
}

static bool heard_into_zero(const struct heard *heard)
{
	return heard->begin != heard->end && heard->window_end == heard->next;
}

/*
 * In the order in which the kernel looks at a segment (RFC 9293 3.10.7.4: timestamp, sequence, RST,
 * SYN, ACK, text). `number` says which number completes the words.
 */
static const struct reason {
	enum segment_class class;
	bool (*fits)(const struct heard *heard);
	const char *name, *cause;
	enum { NUMBER_NONE, NUMBER_SEQUENCE, NUMBER_ACK, NUMBER_RANGE, NUMBER_GAP } number;
} reasons[] = {
	/* clang-format off */
	{ CLASS_REPLY_RESET_INSIDE, heard_reset_inside,
	  "challenge ACK", "a RST not exactly at RCV.NXT but at", NUMBER_SEQUENCE },
	{ CLASS_REPLY_RESET, heard_reset,
	  "ACK", "a RST outside the window, at", NUMBER_SEQUENCE },
	{ CLASS_REPLY_SYN, heard_syn,
	  "challenge ACK", "a SYN", NUMBER_NONE },
	{ CLASS_REPLY_OLD_TIMESTAMP, heard_old_timestamp,
	  "duplicate ACK", "an old timestamp", NUMBER_NONE },
	{ CLASS_REPLY_BEYOND, heard_beyond,
	  "duplicate ACK", "a segment beyond the window, at", NUMBER_SEQUENCE },
	{ CLASS_REPLY_KEEPALIVE, heard_keepalive,
	  "duplicate ACK", "a keepalive probe", NUMBER_NONE },
	{ CLASS_REPLY_ACK_UNSENT, heard_ack_unsent,
	  "challenge ACK", "an ACK of what was not sent,", NUMBER_ACK },
	{ CLASS_REPLY_OLD_FIN, heard_old_fin,
	  "duplicate ACK", "a FIN that came before", NUMBER_NONE },
	{ CLASS_REPLY_OLD_DATA, heard_old_data,
	  "duplicate ACK", "old data", NUMBER_RANGE },
	{ CLASS_REPLY_OLD, heard_old,
	  "duplicate ACK", "an old sequence number,", NUMBER_SEQUENCE },
	{ CLASS_REPLY_ACK_ANCIENT, heard_ack_ancient,
	  "challenge ACK", "an ACK too old,", NUMBER_ACK },
	{ CLASS_REPLY_GAP, heard_gap,
	  "duplicate ACK", "data after a gap,", NUMBER_GAP },
	{ CLASS_REPLY_INTO_ZERO, heard_into_zero,
	  "duplicate ACK", "data into a zero window", NUMBER_NONE },
	/* clang-format on */
};

static const char *reason_number(const struct reason *reason, const struct heard *heard,
                                 char text[48])
{
	*text = '\0';
	switch (reason->number) {
	case NUMBER_NONE:
		break;
	case NUMBER_SEQUENCE:
		snprintf(text, 48, " %" PRIu32, heard->begin);
		break;
	case NUMBER_ACK:
		snprintf(text, 48, " %" PRIu32, heard->segment->tcp.acknowledgment);
		break;
	case NUMBER_RANGE:
		snprintf(text, 48, " %" PRIu32 ":%" PRIu32, heard->begin, heard->end);
		break;
	case NUMBER_GAP:
		snprintf(text, 48, " %" PRIu32 ":%" PRIu32 " is missing", heard->next,
		         heard->begin);
		break;
	}
	return text;
}

/* Both FINs were exchanged and ours is acknowledged, so it is TIME_WAIT that answers. */
static bool in_time_wait(const struct flow *flow)
{
	return flow->fin_sent && flow->fin_injected &&
	       sequence_before(flow->fin_sequence, flow->heard_una);
}

static bool say_reply(const struct look *look, const struct segment *cause)
{
	const struct flow *flow = look->flow;
	struct heard heard = {
		.flow = flow,
		.segment = cause,
		.flags = cause->tcp.flags,
		.begin = cause->tcp.sequence,
		.end = cause->tcp.sequence + segment_sequence_length(cause),
		.next = flow->heard_next,
		.window_end = flow_window_end(flow),
	};
	char number[48], sack[64];

	print_sack(look->tcp, sack, sizeof(sack));
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		const struct reason *reason = &reasons[i];

		if (!reason->fits(&heard))
			continue;
		return say(look, in_time_wait(flow) ? CLASS_REPLY_TIME_WAIT : reason->class,
		           "%s to %s%s%s", in_time_wait(flow) ? "ACK from TIME_WAIT" : reason->name,
		           reason->cause, reason_number(reason, &heard, number), sack);
	}
	return false;
}

/* An ACK with the same number as the last one. */
static bool say_no_news(const struct look *look)
{
	const struct segment *cause = trigger(look);
	unsigned before = look->flow->last_window, now = look->tcp->window;
	char sack[64];

	if (cause && say_reply(look, cause))
		return true;
	if (look->flow->last_sent.segment.tcp.flags & TCP_SYN)
		return true;
	if (!now && before)
		return say(look, CLASS_ACK_CLOSES_WINDOW, "ACK that closes the window");
	if (now > before)
		return say(look, CLASS_ACK_WINDOW_UPDATE, "window update, from %u to %u", before,
		           now);
	print_sack(look->tcp, sack, sizeof(sack));
	return say(look, CLASS_ACK_DUPLICATE, "duplicate ACK%s", *sack ? sack : " " GUESS_ACK);
}

static bool say_news(const struct look *look)
{
	const struct flow *flow = look->flow;
	uint32_t ack = look->tcp->acknowledgment;
	bool of_fin = flow->fin_injected && ack == flow->peer_fin_end;

	usec_t delay = look->at - flow->unacked_at;

	if (flow->receive_known && sequence_before(flow->receive_next, ack))
		return say(look, CLASS_ACK_OF_NOTHING,
		           "ACK of what was never sent, %" PRIu32 " is beyond %" PRIu32, ack,
		           flow->receive_next);
	if (of_fin && flow->fin_sent && !sequence_before(flow->fin_sequence, flow->send_una))
		return say(look, CLASS_ACK_OF_CROSSING_FIN,
		           "ACK of a FIN that crossed ours: simultaneous close");
	if (!look->tcp->window && flow->last_window)
		return say(look, CLASS_ACK_CLOSES_WINDOW, "ACK that closes the window");
	if (sequence_before(ack, flow->receive_next))
		return say(look, CLASS_ACK_OF_PART, "ACK of a part, up to %" PRIu32 " of %" PRIu32,
		           ack, flow->receive_next);
	if (flow->unacked && delay >= DELAYED)
		return say(look, CLASS_ACK_DELAYED, "delayed ACK, %" PRId64 " ms after the %s",
		           (delay + USEC_PER_MSEC / 2) / USEC_PER_MSEC, of_fin ? "FIN" : "data");
	return true;
}

/*
 * A SACK block that is already acknowledged says nothing, unless it is a D-SACK: the first block,
 * about what was just injected again (RFC 2883 4).
 */
static bool say_stale_sack(const struct look *look)
{
	const struct segment *cause = &look->flow->last_injected.segment;
	struct tcp_option_view view;

	if (!tcp_option_find(look->tcp, TCPOPT_KIND_SACK, &view))
		return false;
	for (size_t at = 2; at + 8 <= view.length; at += 8) {
		uint32_t begin = get32(view.bytes + at), end = get32(view.bytes + at + 4);
		bool again =
			at == 2 && !sequence_before(begin, cause->tcp.sequence) &&
			!sequence_before(cause->tcp.sequence + segment_sequence_length(cause), end);

		if (!sequence_before(look->tcp->acknowledgment, end) && !again)
			return say(look, CLASS_ACK_STALE_SACK,
			           "ACK with a stale SACK block, %" PRIu32 ":%" PRIu32
			           " is acknowledged",
			           begin, end);
	}
	return false;
}

static bool rule_ack(const struct look *look)
{
	const struct flow *flow = look->flow;

	if (!has(look, TCP_ACK))
		return say(look, CLASS_SEGMENT_NO_FLAGS,
		           "segment without any flag that means something");
	if (!flow->ack_known)
		return true;
	if (sequence_before(look->tcp->acknowledgment, flow->last_ack))
		return say(look, CLASS_ACK_BACK, "ACK that goes back, from %" PRIu32 " to %" PRIu32,
		           flow->last_ack, look->tcp->acknowledgment);
	if (say_stale_sack(look))
		return true;
	if (look->tcp->acknowledgment == flow->last_ack)
		return say_no_news(look);
	return say_news(look);
}

enum segment_class flow_classify(const struct flow *flow, const struct flow_segment *whole,
                                 usec_t at, char *text, size_t size)
{
	const struct segment *segment = &whole->segment;

	static bool (*const rules[])(const struct look *look) = {
		rule_reset, rule_syn, rule_probe, rule_text, rule_ack,
	};
	enum segment_class class = CLASS_NONE;
	struct look look = { flow, &segment->tcp, whole, 0, 0, 0, at, text, size, &class };

	if (size)
		*text = '\0';
	if (segment->protocol != IPPROTO_TCP)
		return CLASS_NONE;
	look.begin = segment->tcp.sequence;
	look.length = segment->payload_length;
	look.end = look.begin + segment_sequence_length(segment);
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i](&look))
			break;
	return class;
}
