#include "model/tcb.h"

#include <string.h>

#include "model/rule.h"
#include "wire/tcp_options.h"

enum {
	/*
	 * RFC 6298 2: the first timeout is 1 s; in RFC 1122 it was 3 s. We allow one second more.
	 */
	REPEAT_FIRST = 4 * USEC_PER_SEC,
	WIDEST_WINDOW = 65535 << 14, /* RFC 7323 2.2 */
	/* RFC 1122 4.2.3.1: at least 2 * MSL of 60 s; and a timer may be late by an eighth. */
	REPEAT_LONGEST = 135 * USEC_PER_SEC,
};

void tcb_init(struct tcb *tcb, usec_t now)
{
	memset(tcb, 0, sizeof(*tcb));
	tcb->state = STATE_CLOSED;
	tcb->since = tcb->begun = now;
	tcb->repeat_by = tcb->due_by = tcb->stuck = USEC_FOREVER;
	tcb->challenged = -USEC_FOREVER / 2;
}

void tcb_init_unknown(struct tcb *tcb, usec_t now)
{
	tcb_init(tcb, now);
	tcb->state = STATE_ESTABLISHED;
	tcb->peer_marks = true;
}

void tcb_renew(struct tcb *tcb, usec_t now)
{
	struct counted counted = tcb->counted;
	uint8_t generation = tcb->generation;

	tcb_init(tcb, now);
	tcb->generation = (uint8_t)(generation + 1);
	tcb->counted = counted;
}

void tcb_enter(struct tcb *tcb, enum tcp_state state, usec_t now)
{
	counters_move(&tcb->counted, (enum tcp_state)tcb->state, state);
	/* TIME-WAIT may begin again. */
	if (tcb->state != state)
		tcb->entered = now;
	tcb->state = (uint8_t)state;
	tcb->since = now;
	tcb->sent_here = false;
	if (state == STATE_TIME_WAIT)
		tcb->repeat_by = USEC_FOREVER;
}

void tcb_delete(struct tcb *tcb, usec_t now)
{
	tcb_enter(tcb, STATE_CLOSED, now);
	tcb->repeat_by = tcb->due_by = tcb->stuck = USEC_FOREVER;
	tcb->gap = 0;
	tcb->unacked = tcb->repeated = tcb->round_trip = 0;
	tcb->repeats = tcb->reply_count = 0;
	tcb->probed = false;
}

static const struct rule abort_rule = {
	"abort",
	"RFC 9293 3.10.5",
	"an abort sends <SEQ=SND.NXT><CTL=RST>",
	DEPARTURE_NONE,
};

void tcb_abort(struct tcb *tcb, uint32_t first, usec_t now, usec_t by)
{
	struct tcb_reply reply = {
		.reply = REPLY_ABORT,
		.rule = &abort_rule,
		.sequence = first,
		.acknowledgment = tcb->snd_nxt,
		.at = now,
		.by = by,
		.ended = true,
	};
	bool asked = tcb_in(tcb, IN(SYN_RECV) | RECEIVING | IN(CLOSE_WAIT));
	bool open = tcb_in(
		tcb, IN(CLOSING) | IN(LAST_ACK)); /* the close returns "ok", though data was lost */

	tcb_delete(tcb, now);
	if (!asked)
		reply.by = USEC_FOREVER;
	if (asked || open)
		tcb_reply_add(tcb, &reply);
}

/* ---- what an arriving segment does ---- */

uint32_t tcb_receive_window(const struct tcb *tcb)
{
	return seq_before(tcb->rcv_nxt, tcb->rcv_edge) ? tcb->rcv_edge - tcb->rcv_nxt : 0;
}

bool tcb_acceptable(const struct tcb *tcb, const struct segment *segment)
{
	uint32_t window = tcb_receive_window(tcb);
	uint32_t begin = segment->tcp.sequence, length = segment_sequence_length(segment);

	if (window == 0)
		return length == 0 && begin == tcb->rcv_nxt;
	if (begin - tcb->rcv_nxt < window)
		return true;
	return length > 0 && begin + length - 1 - tcb->rcv_nxt < window;
}

/* By what a timestamp echoes, it may be as long as the connection is old (RFC 7323 4.1). */
static void measure_round_trip(struct tcb *tcb, usec_t now)
{
	usec_t since = tcb_agreed(tcb, OFFER_STAMP) ? tcb->begun : tcb->unacked;

	if (now - since > tcb->round_trip)
		tcb->round_trip = now - since;
	tcb->slow |= tcb->repeats > 0 || now - tcb->unacked > USEC_PER_SEC / 2;
}

static usec_t at_most(usec_t time, usec_t most)
{
	return time < most ? time : most;
}

/*
 * RFC 6298 2: RTO = SRTT + 4 * RTTVAR, and neither is above the longest round trip. A probe for a
 * loss at the end comes within 2 * SRTT, and puts the timeout off (RFC 8985 7.2 and 7.3). Linux's
 * timers are late by an eighth: the further away, the coarser they are.
 */
static usec_t first_repeat(const struct tcb *tcb, usec_t now)
{
	usec_t trip = tcb->round_trip + tcb->round_trip / 8;
	usec_t wait = at_most(5 * trip, REPEAT_LONGEST) + at_most(2 * trip, REPEAT_LONGEST);

	return now + (wait < REPEAT_FIRST ? REPEAT_FIRST : wait);
}

/*
 * When the SYNs were not seen, the scale is not known, so the window is taken to be as wide as it
 * can be.
 */
static uint32_t window_of(const struct tcb *tcb, const struct segment *segment, uint8_t scale)
{
	if (segment->tcp.flags & TCP_SYN)
		return segment->tcp.window;
	if (!tcb->syn_sent || !tcb->syn_received)
		return WIDEST_WINDOW;
	return (uint32_t)segment->tcp.window << (tcb_agreed(tcb, OFFER_SCALE) ? scale : 0);
}

static void take_window(struct tcb *tcb, const struct segment *segment)
{
	uint32_t window = window_of(tcb, segment, tcb->send_scale);
	uint32_t edge = segment->tcp.acknowledgment + window;

	if (seq_before(tcb->snd_edge, edge))
		tcb->snd_edge = edge;
	/* A window that is smaller always counts here, a wider one only when it is the newest. */
	if (!tcb->heard || seq_before(edge, tcb->snd_end) ||
	    !seq_before(segment->tcp.sequence, tcb->snd_wl1)) {
		tcb->snd_end = edge;
		tcb->snd_wl1 = segment->tcp.sequence;
	}
	if (window > tcb->max_window)
		tcb->max_window = window;
}

/* It shows a round trip, too, and may so make the timeout longer (RFC 6298 2). */
static void take_sack(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	struct tcp_option_view view;

	if (!tcb_agreed(tcb, OFFER_SACK) || tcb->snd_una == tcb->snd_nxt ||
	    !tcp_option_find(&segment->tcp, TCPOPT_KIND_SACK, &view))
		return;
	measure_round_trip(tcb, now);
	if (tcb->repeat_by != USEC_FOREVER && tcb->repeat_by < first_repeat(tcb, now))
		tcb->repeat_by = first_repeat(tcb, now);
}

void tcb_take_ack(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	uint32_t ack = segment->tcp.acknowledgment;

	if (!tcb->send_known || !seq_within(tcb->snd_una, ack, tcb->snd_nxt))
		return;
	take_window(tcb, segment);
	tcb->heard = true;
	tcb->acked = now;
	if (ack == tcb->snd_una) {
		take_sack(tcb, segment, now);
		return;
	}
	tcb->snd_una = ack;
	measure_round_trip(tcb, now);
	tcb->unacked = tcb->repeated = now;
	if (!seq_before(ack, tcb->sent_end))
		tcb->sent_first = now; /* of what is left of a segment the time goes on (3.8.3) */
	tcb->repeats = 0;
	tcb->repeat_by = ack == tcb->snd_nxt ? USEC_FOREVER : first_repeat(tcb, now);
	tcb->fin_acked = tcb->fin_sent && seq_before(tcb->fin, ack);
}

static uint8_t offers_of(const struct segment *segment, uint8_t *scale)
{
	struct tcp_option_view view;
	unsigned offers = 0;

	if (tcp_option_find(&segment->tcp, TCPOPT_KIND_WSCALE, &view) && view.length == 3) {
		offers |= OFFER_SCALE;
		*scale = view.bytes[2] > 14 ? 14 : view.bytes[2];
	}
	if (tcp_option_find(&segment->tcp, TCPOPT_KIND_TS, &view) && view.length == 10)
		offers |= OFFER_STAMP;
	if (tcp_option_find(&segment->tcp, TCPOPT_KIND_SACK_OK, &view))
		offers |= OFFER_SACK;
	return (uint8_t)offers;
}

void tcb_take_syn(struct tcb *tcb, const struct segment *segment)
{
	struct tcp_option_view cookie;
	uint32_t echo;

	tcb->receive_known = tcb->syn_received = true;
	tcb->peer_marks = (segment->tcp.flags & (TCP_ECE | TCP_CWR)) != 0;
	tcb->irs = segment->tcp.sequence;
	tcb->rcv_nxt = tcb->last_ack = tcb->rcv_edge = tcb->copied = tcb->irs + 1;
	tcb->peer_offers = offers_of(segment, &tcb->send_scale);
	tcb->fast_open = segment->payload_length > 0 ||
	                 tcp_option_find(&segment->tcp, TCPOPT_KIND_FASTOPEN, &cookie);
	if (tcp_timestamp_get(&segment->tcp, &tcb->stamp_recent, &echo))
		tcb->stamp_newest = tcb->stamp_recent;
	if (!(segment->tcp.flags & TCP_ACK)) {
		tcb->max_window = segment->tcp.window;
		tcb->snd_edge = tcb->snd_una + 1 + segment->tcp.window;
	}
}

/* Takes text that was held and that RCV.NXT has reached. */
static void take_ahead(struct tcb *tcb)
{
	for (unsigned i = 0; i < tcb->ahead_count;) {
		struct tcb_range range = tcb->ahead[i];

		if (seq_before(tcb->rcv_nxt, range.begin)) {
			i++;
			continue;
		}
		if (seq_before(tcb->rcv_nxt, range.end))
			tcb->rcv_nxt = range.end;
		tcb->ahead[i] = tcb->ahead[--tcb->ahead_count];
		i = 0;
	}
}

static void hold(struct tcb *tcb, uint32_t begin, uint32_t end)
{
	for (unsigned i = 0; i < tcb->ahead_count;) {
		const struct tcb_range *range = &tcb->ahead[i];

		if (seq_before(end, range->begin) || seq_before(range->end, begin)) {
			i++;
			continue;
		}
		begin = seq_before(begin, range->begin) ? begin : range->begin;
		end = seq_before(range->end, end) ? end : range->end;
		tcb->ahead[i] = tcb->ahead[--tcb->ahead_count];
	}
	if (tcb->ahead_count < TCB_RANGES)
		tcb->ahead[tcb->ahead_count++] = (struct tcb_range){ begin, end };
}

void tcb_take_text(struct tcb *tcb, const struct segment *segment)
{
	uint32_t begin = segment->tcp.sequence + (segment->tcp.flags & TCP_SYN ? 1 : 0);
	uint32_t end = begin + segment->payload_length, fin = end;
	bool open = tcb_receive_window(tcb) > 0;

	tcb->beyond |= seq_before(tcb->rcv_edge, end);
	if (open && !seq_before(begin, tcb->rcv_edge))
		return; /* all of it is behind the window */
	if (open && seq_before(tcb->rcv_edge, end))
		end = tcb->rcv_edge;
	if (segment->tcp.flags & TCP_FIN && end == fin && !tcb->peer_fin_taken &&
	    !seq_before(fin, tcb->rcv_nxt)) {
		tcb->peer_fin_seen = true;
		tcb->peer_fin = fin;
	}
	if (seq_before(tcb->rcv_nxt, begin)) {
		if (begin != end)
			hold(tcb, begin, end);
		return;
	}
	if (seq_before(tcb->rcv_nxt, end))
		tcb->rcv_nxt = end;
	take_ahead(tcb);
	if (tcb->peer_fin_seen && seq_before(tcb->peer_fin, tcb->rcv_nxt))
		tcb->rcv_nxt = tcb->peer_fin; /* what is behind a FIN is not text of the peer */
}

void tcb_take_text_beyond(struct tcb *tcb, const struct segment *segment)
{
	uint32_t end = seq_end(segment);

	if (seq_before(tcb->rcv_edge, end))
		tcb->rcv_edge = end;
	tcb_take_text(tcb, segment);
	tcb->beyond = true;
}

void tcb_take_fin(struct tcb *tcb, usec_t now)
{
	tcb->rcv_nxt = tcb->peer_fin + 1;
	tcb->peer_fin_seen = tcb->peer_fin_taken = true;
	tcb->peer_fin_on_way = false;
	/* What the kernel takes for an urgent byte that never came is open: findings.txt. */
	tcb->contradicted |= tcb->urgent && !seq_before(tcb->urgent_at, tcb->peer_fin);
	if (tcb_in(tcb, IN(SYN_RECV) | IN(ESTABLISHED)))
		tcb_enter(tcb, STATE_CLOSE_WAIT, now);
	else if (tcb->state == STATE_FIN_WAIT_1)
		tcb_enter(tcb, tcb->fin_acked ? STATE_TIME_WAIT : STATE_CLOSING, now);
	else if (tcb->state == STATE_FIN_WAIT_2)
		tcb_enter(tcb, STATE_TIME_WAIT, now);
}

void tcb_meet(struct tcb *tcb, const struct segment *segment)
{
	uint32_t begin = segment->tcp.sequence, ack = segment->tcp.acknowledgment;

	if (!tcb->receive_known && !(segment->tcp.flags & TCP_RST)) {
		tcb->receive_known = true;
		tcb->rcv_nxt = tcb->last_ack = tcb->copied = begin;
		tcb->rcv_edge = begin + WIDEST_WINDOW;
	}
	if (!tcb->send_known && segment->tcp.flags & TCP_ACK) {
		tcb->send_known = true;
		tcb->snd_una = tcb->snd_nxt = tcb->snd_text = tcb->snd_edge = ack;
	}
}

bool tcb_fin_is_next(const struct tcb *tcb)
{
	return tcb->peer_fin_seen && !tcb->peer_fin_taken && tcb->rcv_nxt == tcb->peer_fin;
}

uint32_t tcb_unacknowledged(const struct tcb *tcb)
{
	bool fin = tcb->fin_sent || (tcb->close_called && tcb_in(tcb, SYNCHRONIZED));

	return tcb->iss + 1 + tcb->written + (fin ? 1 : 0) - tcb->snd_una;
}

/* A window of one such segment lets any sender go on (RFC 9293 3.8.6.2.1). */
enum { SEGMENT_LARGE = 1500 };

bool tcb_may_send_on(const struct tcb *tcb, bool corked)
{
	uint32_t queued = tcb->iss + 1 + tcb->written - tcb->snd_nxt;
	uint32_t room = seq_before(tcb->snd_nxt, tcb->snd_end) ? tcb->snd_end - tcb->snd_nxt : 0;

	if (!tcb->send_known || !tcb->heard || tcb->fin_sent || tcb->fast_open ||
	    queued > INT32_MAX ||
	    !tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT) | IN(FIN_WAIT_1) | IN(LAST_ACK)))
		return false;
	/* After a loss the congestion window may keep a FIN, too, until all is acknowledged. */
	if (queued == 0)
		return tcb->close_called && room > 0 &&
		       ((!tcb->slow && !tcb->repeats) || tcb->snd_una == tcb->snd_nxt);
	return tcb->snd_una == tcb->snd_nxt && !corked && (room >= queued || room >= SEGMENT_LARGE);
}

bool tcb_is_stuck(const struct tcb *tcb)
{
	return tcb->send_known && tcb->heard && !tcb->fast_open && tcb->snd_una == tcb->snd_nxt &&
	       tcb->snd_end == tcb->snd_nxt && tcb->iss + 1 + tcb->written != tcb->snd_nxt &&
	       tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT) | IN(FIN_WAIT_1) | IN(CLOSING) |
	                           IN(LAST_ACK));
}

uint32_t tcb_unread(const struct tcb *tcb)
{
	return tcb->rcv_nxt - (tcb->peer_fin_taken ? 1 : 0) - tcb->copied;
}

/* The urgent byte that a reader stands at is left out of the stream. */
static bool stands_at_urgent(const struct tcb *tcb)
{
	return tcb->urgent && !tcb->urgent_in_line && tcb->copied == tcb->urgent_at &&
	       tcb_unread(tcb) > 0;
}

uint32_t tcb_readable(const struct tcb *tcb)
{
	uint32_t unread = tcb_unread(tcb), before = tcb->urgent_at - tcb->copied;

	if (stands_at_urgent(tcb))
		return unread - 1;
	return tcb->urgent && before > 0 && before < unread ? before : unread;
}

bool tcb_has_urgent(const struct tcb *tcb)
{
	bool behind_fin = tcb->peer_fin_seen && !seq_before(tcb->urgent_at, tcb->peer_fin);

	return tcb->urgent && !behind_fin && seq_before(tcb->urgent_at, tcb->rcv_nxt);
}

void tcb_read(struct tcb *tcb, uint32_t bytes)
{
	tcb->copied += bytes + (stands_at_urgent(tcb) ? 1 : 0);
	tcb->urgent &= !seq_before(tcb->urgent_at, tcb->copied);
}

/*
 * One urgent byte at a time is followed, which came in order. What more there may be, and a pointer
 * of 0 (RFC 6093 3.1: it points behind the byte) or behind the FIN, make open what can be read.
 */
void tcb_take_urgent(struct tcb *tcb, const struct segment *segment)
{
	uint32_t begin = segment->tcp.sequence, at = begin + segment->tcp.urgent - 1;
	bool in_order = !seq_before(tcb->rcv_nxt, begin) && tcb->ahead_count == 0;

	if (segment->tcp.urgent > 0 && seq_before(at, tcb->copied) && in_order)
		return; /* "... in advance of the data consumed" */
	if (tcb->urgent && segment->tcp.urgent > 0 && !seq_before(tcb->urgent_at, at))
		return; /* RCV.UP <- max(RCV.UP,SEG.UP) */
	tcb->contradicted |=
		tcb->urgent || segment->tcp.urgent == 0 || !in_order || tcb->receive_shut ||
		seq_before(at, tcb->rcv_nxt) ||
		(segment->tcp.flags & TCP_FIN && !seq_before(at, begin + segment->payload_length));
	tcb->urgent = true;
	tcb->urgent_taken = false;
	tcb->urgent_at = at;
}

void tcb_take_stamp(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	bool outdated = now - tcb->stamp_at >= STAMP_VALID;
	uint32_t value, echo;

	if (!tcb_agreed(tcb, OFFER_STAMP) || !tcp_timestamp_get(&segment->tcp, &value, &echo))
		return;
	if (outdated || !stamp_before(value, tcb->stamp_newest))
		tcb->stamp_newest = value;
	if ((outdated || !stamp_before(value, tcb->stamp_recent)) &&
	    !seq_before(tcb->last_ack, segment->tcp.sequence)) {
		tcb->stamp_recent = value;
		tcb->stamp_at = now;
	}
}

void tcb_reply_add(struct tcb *tcb, const struct tcb_reply *reply)
{
	if (tcb->reply_count == TCB_REPLIES) {
		memmove(&tcb->replies[0], &tcb->replies[1],
		        sizeof(tcb->replies) - sizeof(tcb->replies[0]));
		tcb->reply_count--;
	}
	struct tcb_reply *slot = &tcb->replies[tcb->reply_count++];

	memset(slot, 0,
	       sizeof(*slot)); /* every byte is set, because candidates are compared as bytes */
	slot->reply = reply->reply;
	slot->rule = reply->rule;
	slot->sequence = reply->sequence;
	slot->acknowledgment = reply->acknowledgment;
	slot->at = reply->at;
	slot->by = reply->by;
	slot->ended = reply->ended;
}

/* ---- what a sent segment shows ---- */

/*
 * Tells whether this segment gives that answer. An ACK also gives an answer for which less was
 * needed.
 */
static bool gives(const struct tcb_reply *reply, const struct segment *segment)
{
	unsigned flags = segment->tcp.flags;

	switch (reply->reply) {
	case REPLY_NONE:
		return true;
	case REPLY_ACK:
		return flags & TCP_ACK &&
		       !seq_before(segment->tcp.acknowledgment, reply->acknowledgment);
	case REPLY_SYN_ACK:
		return flags & TCP_SYN && flags & TCP_ACK;
	case REPLY_RST:
		return flags & TCP_RST && segment->tcp.sequence == reply->sequence;
	case REPLY_RST_ACK:
		return flags & TCP_RST && flags & TCP_ACK && segment->tcp.sequence == 0 &&
		       segment->tcp.acknowledgment == reply->acknowledgment;
	case REPLY_ABORT:
		return flags & TCP_RST &&
		       seq_within(reply->sequence, segment->tcp.sequence, reply->acknowledgment);
	}
	return false;
}

const struct tcb_reply *tcb_reply_given(const struct tcb *tcb, const struct segment *segment)
{
	for (unsigned i = 0; i < tcb->reply_count; i++)
		if (gives(&tcb->replies[i], segment))
			return &tcb->replies[i];
	return NULL;
}

/* Of the answers that a RST may be, the one that is owed soonest. */
static unsigned soonest(const struct tcb *tcb, const struct segment *segment)
{
	unsigned best = tcb->reply_count;

	for (unsigned i = 0; i < tcb->reply_count; i++)
		if (gives(&tcb->replies[i], segment) &&
		    (best == tcb->reply_count || tcb->replies[i].by < tcb->replies[best].by))
			best = i;
	return best;
}

/* One RST answers one segment; one ACK may answer many. */
static void discharge(struct tcb *tcb, const struct segment *segment)
{
	bool reset = (segment->tcp.flags & TCP_RST) != 0;
	unsigned kept = 0, one = soonest(tcb, segment);

	for (unsigned i = 0; i < tcb->reply_count; i++)
		if (reset ? i != one : !gives(&tcb->replies[i], segment))
			tcb->replies[kept++] = tcb->replies[i];
	tcb->reply_count = (uint8_t)kept;
}

/* Tells whether this RST only answers a segment, so that the connection continues as it was. */
static bool reset_is_aside(const struct tcb *tcb, const struct segment *segment)
{
	const struct tcb_reply *reply = tcb_reply_given(tcb, segment);

	return tcb->state == STATE_CLOSED || tcb->state == STATE_LISTEN || (reply && !reply->ended);
}

/* An active open begins a connection that has nothing to do with the one before. */
static void sent_syn(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	bool again = tcb->send_known && segment->tcp.sequence == tcb->iss &&
	             (!tcb->fin_sent || tcb->snd_una == tcb->iss);

	if (tcb->state == STATE_CLOSED || (tcb_in(tcb, SYNCHRONIZED) && !again)) {
		tcb_renew(tcb, now);
		tcb->answered = true;
		tcb->passive = (segment->tcp.flags & TCP_ACK) !=
		               0; /* the SYN that it answers was not seen */
		tcb_enter(tcb, tcb->passive ? STATE_SYN_RECV : STATE_SYN_SENT, now);
	}
	if (!tcb->send_known) {
		tcb->iss = tcb->snd_una = tcb->snd_nxt = tcb->snd_text = segment->tcp.sequence;
		tcb->snd_edge += tcb->iss; /* it was relative while ISS was not known */
	}
	tcb->send_known = tcb->syn_sent = true;
	tcb->offers = offers_of(segment, &tcb->receive_scale);
}

static void sent_fin(struct tcb *tcb, uint32_t fin, usec_t now)
{
	tcb->fin_sent = tcb->close_called = true;
	tcb->fin = fin;
	if (tcb_in(tcb, IN(ESTABLISHED) | IN(SYN_RECV)))
		tcb_enter(tcb, STATE_FIN_WAIT_1, now);
	else if (tcb->state == STATE_CLOSE_WAIT)
		tcb_enter(tcb, STATE_LAST_ACK, now);
}

/* What is sent right behind a segment was asked for by it, and by no timer. */
static bool is_answer(const struct tcb *tcb, usec_t now)
{
	return now - tcb->arrived < USEC_PER_MSEC;
}

/* A timer has run out: the next time comes after no more than thrice as long. */
static void sent_again(struct tcb *tcb, usec_t now)
{
	usec_t wait = 3 * (now - tcb->repeated) + USEC_PER_SEC;

	tcb->gap = tcb->arrived < tcb->repeated ? now - tcb->repeated : 0;
	tcb->repeats += tcb->repeats < UINT8_MAX;
	wait = wait < REPEAT_FIRST ? REPEAT_FIRST : wait;
	wait = at_most(wait, REPEAT_LONGEST);
	/* A probe does not move the timer. */
	if (tcb->repeat_by == USEC_FOREVER || tcb->repeat_by < now + wait)
		tcb->repeat_by = now + wait;
	tcb->repeated = now;
}

/* Something new is in flight, or something old is sent again. */
static void sent_text(struct tcb *tcb, uint32_t begin, uint32_t end, usec_t now)
{
	if (seq_before(tcb->snd_text, end))
		tcb->snd_text = end;
	if (tcb->snd_una == tcb->snd_nxt)
		tcb->unacked = tcb->repeated = tcb->sent_first = now;
	if (begin == tcb->snd_una)
		tcb->sent_end = end;
	if (seq_before(tcb->snd_nxt, end)) {
		tcb->snd_nxt = end;
		if (tcb->repeat_by == USEC_FOREVER)
			tcb->repeat_by = first_repeat(tcb, now);
	} else if (tcb->snd_una != tcb->snd_nxt && !is_answer(tcb, now)) {
		sent_again(tcb, now);
	} else if (tcb->state == STATE_SYN_RECV) {
		tcb->repeat_by = now + REPEAT_LONGEST; /* whether it moves its timer is open */
	}
}

/* The ACK shows that the peer's FIN has arrived. */
static void fin_arrived(struct tcb *tcb, usec_t now)
{
	if (seq_within(tcb->snd_una, tcb->way_ack, tcb->snd_nxt)) {
		tcb->snd_una = tcb->way_ack;
		tcb->fin_acked = tcb->fin_sent && seq_before(tcb->fin, tcb->snd_una);
	}
	tcb_take_fin(tcb, now);
}

static void sent_ack(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	uint32_t ack = segment->tcp.acknowledgment;
	uint32_t edge = ack + window_of(tcb, segment, tcb->receive_scale);

	if (!tcb->receive_known) {
		tcb->receive_known = true;
		tcb->rcv_nxt = tcb->last_ack = tcb->copied = ack;
		tcb->rcv_edge = edge;
	}
	if (tcb->peer_fin_on_way && !tcb->peer_fin_taken && ack == tcb->peer_fin + 1)
		fin_arrived(tcb, now);
	if (seq_before(tcb->rcv_nxt, ack))
		tcb->rcv_nxt = ack; /* it arrived, though nobody saw it */
	if (seq_before(tcb->last_ack, ack))
		tcb->last_ack = ack;
	if (seq_before(tcb->rcv_edge, edge))
		tcb->rcv_edge = edge;
	if (segment->tcp.flags & TCP_SYN)
		return;
	if (!tcb->has_offered || seq_before(tcb->offered, edge))
		tcb->offered = edge;
	tcb->has_offered = true;
}

void tcb_sent(struct tcb *tcb, const struct segment *segment, usec_t now)
{
	unsigned flags = segment->tcp.flags;
	uint32_t end = seq_end(segment), echo;

	tcb->answered = true;
	tcb->probed |= tcb->send_known && seq_before(segment->tcp.sequence, tcb->snd_nxt);
	if (flags & TCP_RST) {
		bool aside = reset_is_aside(tcb, segment);

		counter_add(&tcb->counted.sure[COUNTER_OUT_RSTS]);
		discharge(tcb, segment);
		if (!aside) {
			tcb->reset_sent = true;
			tcb_delete(tcb, now);
		}
		return;
	}
	if (flags & TCP_SYN)
		sent_syn(tcb, segment, now);
	if (!tcb->send_known) {
		tcb->send_known = true;
		tcb->snd_una = tcb->snd_nxt = tcb->snd_text = segment->tcp.sequence;
	}
	if (seq_before(tcb->snd_nxt, segment->tcp.sequence))
		tcb->snd_nxt = segment->tcp.sequence; /* something was sent that nobody saw */
	if (tcb->state == STATE_SYN_RECV && segment->payload_length > 0 && !tcb->fast_open &&
	    !(flags & TCP_SYN))
		tcb_enter(tcb, STATE_ESTABLISHED,
		          now); /* the last ACK of the handshake arrived, though nobody saw it */
	if (flags & TCP_FIN)
		sent_fin(tcb, end - 1, now);
	if (segment_sequence_length(segment) > 0)
		sent_text(tcb, segment->tcp.sequence, end, now);
	if (flags & TCP_ACK)
		sent_ack(tcb, segment, now);
	/* The line of a script that has the SYN may give its timestamp another number. */
	if (tcp_timestamp_get(&segment->tcp, &tcb->stamp_sent, &echo))
		tcb->stamped = flags & TCP_SYN ? 0 : now;
	tcb->sent_any = tcb->sent_here = true;
	tcb->flow_label = segment->flow_label;
	if (flags & TCP_ACK && segment_sequence_length(segment) == 0)
		tcb->challenged = now; /* answers that are limited are so by this one, too */
	discharge(tcb, segment);
}
