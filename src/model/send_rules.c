#include "model/send_rules.h"

#include "wire/tcp_options.h"

#define CL IN(CLOSED)
#define LI IN(LISTEN)
#define SS IN(SYN_SENT)
#define SR IN(SYN_RECV)
#define TW IN(TIME_WAIT)
#define OTHERS OTHER_STATES
#define SECTION(step) "RFC 9293 " step

enum { UNSEEN_WINDOW = 1 << 24 };

/* ---- the conditions of the rows ---- */

static unsigned flags_of(const struct sending *sending)
{
	return sending->segment->tcp.flags;
}

static uint32_t begin_of(const struct sending *sending)
{
	return sending->segment->tcp.sequence;
}

static bool rst(const struct tcb *tcb, const struct sending *sending)
{
	(void)tcb;
	return flags_of(sending) & TCP_RST;
}

static bool not_rst(const struct tcb *tcb, const struct sending *sending)
{
	return !rst(tcb, sending);
}

static bool rst_answers(const struct tcb *tcb, const struct sending *sending)
{
	return rst(tcb, sending) && tcb_reply_given(tcb, sending->segment);
}

static bool rst_without_reason(const struct tcb *tcb, const struct sending *sending)
{
	return rst(tcb, sending) && !tcb->may_reset;
}

static bool rst_within(const struct tcb *tcb, const struct sending *sending)
{
	return rst(tcb, sending) && tcb->send_known &&
	       seq_within(tcb->snd_una, begin_of(sending), tcb->snd_nxt);
}

static bool rst_next(const struct tcb *tcb, const struct sending *sending)
{
	return rst_within(tcb, sending) && begin_of(sending) == tcb->snd_nxt;
}

static bool rst_elsewhere(const struct tcb *tcb, const struct sending *sending)
{
	return rst(tcb, sending) && tcb->send_known;
}

/* A segment that was not captured may have opened the window, but not by so much. */
static bool rst_outside(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t edge = seq_before(tcb->snd_edge, tcb->snd_nxt) ? tcb->snd_nxt : tcb->snd_edge;

	if (!sending->circumstances->arrivals_known)
		edge += UNSEEN_WINDOW;
	return rst(tcb, sending) && tcb->heard &&
	       !seq_within(tcb->snd_una, begin_of(sending), edge);
}

static bool other_than_syn(const struct tcb *tcb, const struct sending *sending)
{
	(void)tcb;
	return !(flags_of(sending) & TCP_SYN);
}

/* Only what the program had asked for waits for an ACK: text that was written, and then our FIN. */
static bool text_before_rst(const struct tcb *tcb, const struct sending *sending)
{
	const struct tcb_reply *last = &tcb->replies[tcb->reply_count - 1];
	uint32_t end = begin_of(sending) + (uint32_t)sending->segment->payload_length,
		 written = tcb->iss + 1 + tcb->written;
	bool fin = flags_of(sending) & TCP_FIN;

	return !(flags_of(sending) & (TCP_SYN | TCP_RST)) && tcb->send_known &&
	       tcb->reply_count > 0 && last->ended && last->reply == REPLY_RST &&
	       sending->at - last->at < USEC_PER_MSEC && tcb->since == last->at &&
	       segment_sequence_length(sending->segment) > 0 && begin_of(sending) == tcb->snd_nxt &&
	       !seq_before(written, end) && (!fin || (tcb->close_called && end == written));
}

static bool syn_alone(const struct tcb *tcb, const struct sending *sending)
{
	(void)tcb;
	return (flags_of(sending) & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

static bool syn_ack_refused(const struct tcb *tcb, const struct sending *sending)
{
	return (flags_of(sending) & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK) &&
	       tcb->reply_count > 0;
}

static bool syn_ack(const struct tcb *tcb, const struct sending *sending)
{
	(void)tcb;
	return (flags_of(sending) & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK);
}

static bool syn_elsewhere(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_SYN && tcb->send_known && begin_of(sending) != tcb->iss;
}

static bool syn_of_iss(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_SYN && tcb->send_known && begin_of(sending) == tcb->iss &&
	       (tcb->snd_una == tcb->iss || !sending->circumstances->arrivals_known);
}

static bool syn_ack_below(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t number = begin_of(sending) + sending->circumstances->counted_from;

	return syn_ack(tcb, sending) && tcb->reopened && !tcb->send_known &&
	       seq_before(number, tcb->number_before);
}

static bool syn(const struct tcb *tcb, const struct sending *sending)
{
	(void)tcb;
	return flags_of(sending) & TCP_SYN;
}

static bool no_ack(const struct tcb *tcb, const struct sending *sending)
{
	if (flags_of(sending) & (TCP_ACK | TCP_RST))
		return false;
	return !(flags_of(sending) & TCP_SYN) ||
	       (sending->circumstances->arrivals_known && !tcb_in(tcb, CL | LI | SS));
}

static bool acks(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_ACK && tcb->receive_known;
}

static bool ack_of_unreceived(const struct tcb *tcb, const struct sending *sending)
{
	return acks(tcb, sending) && seq_before(tcb->rcv_nxt, sending->segment->tcp.acknowledgment);
}

static bool ack_behind_fin(const struct tcb *tcb, const struct sending *sending)
{
	return acks(tcb, sending) && tcb->peer_fin_taken &&
	       seq_before(tcb->peer_fin + 1, sending->segment->tcp.acknowledgment);
}

static bool ack_goes_back(const struct tcb *tcb, const struct sending *sending)
{
	return acks(tcb, sending) &&
	       seq_before(sending->segment->tcp.acknowledgment, tcb->last_ack);
}

static bool leaves_gap(const struct tcb *tcb, const struct sending *sending)
{
	return tcb->send_known && seq_before(tcb->snd_nxt, begin_of(sending));
}

static bool behind_fin(const struct tcb *tcb, const struct sending *sending)
{
	return tcb->fin_sent && seq_before(tcb->fin + 1, seq_end(sending->segment));
}

static bool text_on_fin(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t end = begin_of(sending) + sending->segment->payload_length;

	return tcb->fin_sent && sending->segment->payload_length > 0 && seq_before(tcb->fin, end);
}

static bool fin_elsewhere(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_FIN && tcb->fin_sent &&
	       seq_end(sending->segment) != tcb->fin + 1;
}

static bool fin_over_text(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_FIN && tcb->send_known && !tcb->fin_sent &&
	       seq_before(seq_end(sending->segment) - 1, tcb->snd_text);
}

static bool fin_uncalled(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_FIN && !tcb->close_called;
}

static bool text_early(const struct tcb *tcb, const struct sending *sending)
{
	return sending->segment->payload_length > 0 && !(flags_of(sending) & TCP_SYN) &&
	       !tcb->fast_open;
}

static bool beyond_window(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t end = begin_of(sending) + sending->segment->payload_length;

	/* One byte beyond the window may be a probe (3.8.6.1), or the place of the FIN. */
	return tcb->send_known && tcb->heard && !syn(tcb, sending) &&
	       sending->segment->payload_length > 1 && seq_before(tcb->snd_nxt, end) &&
	       seq_before(tcb->snd_edge + 1, end);
}

static bool unasked(const struct tcb *tcb, const struct sending *sending)
{
	(void)sending;
	return tcb->answered;
}

static bool urgent_lacks(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t ahead = tcb->urge_end - begin_of(sending);

	return tcb->urging && not_rst(tcb, sending) && !syn(tcb, sending) && tcb->send_known &&
	       segment_sequence_length(sending->segment) > 0 &&
	       seq_before(tcb->snd_una, tcb->urge_end) && ahead > 0 && ahead <= UINT16_MAX &&
	       (!(flags_of(sending) & TCP_URG) || sending->segment->tcp.urgent != ahead);
}

static bool urgent_unasked(const struct tcb *tcb, const struct sending *sending)
{
	return flags_of(sending) & TCP_URG && tcb->send_known &&
	       (!tcb->urging || !seq_before(tcb->snd_una, tcb->urge_end));
}

static bool stamp_lacks(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t value, echo;

	return tcb_agreed(tcb, OFFER_STAMP) && !syn(tcb, sending) && not_rst(tcb, sending) &&
	       !tcp_timestamp_get(&sending->segment->tcp, &value, &echo);
}

static bool stamp_unagreed(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t value, echo;

	return tcb->syn_received && !syn_alone(tcb, sending) && !(tcb->peer_offers & OFFER_STAMP) &&
	       tcp_timestamp_get(&sending->segment->tcp, &value, &echo);
}

static bool echo_is_old(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t value, echo;

	return tcb_agreed(tcb, OFFER_STAMP) && flags_of(sending) & TCP_ACK &&
	       not_rst(tcb, sending) && tcp_timestamp_get(&sending->segment->tcp, &value, &echo) &&
	       stamp_before(echo, tcb->stamp_recent);
}

static bool echo_is_new(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t value, echo;

	return tcb_agreed(tcb, OFFER_STAMP) && flags_of(sending) & TCP_ACK &&
	       tcp_timestamp_get(&sending->segment->tcp, &value, &echo) &&
	       stamp_before(tcb->stamp_newest, echo);
}

static bool is_stamped(const struct tcb *tcb, const struct sending *sending, uint32_t *value)
{
	uint32_t echo;

	return tcb_agreed(tcb, OFFER_STAMP) && tcb->stamped > 0 && !syn(tcb, sending) &&
	       tcp_timestamp_get(&sending->segment->tcp, value, &echo);
}

static bool stamp_goes_back(const struct tcb *tcb, const struct sending *sending)
{
	uint32_t value;

	return is_stamped(tcb, sending, &value) && stamp_before(value, tcb->stamp_sent);
}

static bool stamp_stands(const struct tcb *tcb, const struct sending *sending)
{
	enum { LONG = 3 * USEC_PER_SEC }; /* a tick is a second at most */
	uint32_t value;

	return is_stamped(tcb, sending, &value) && value == tcb->stamp_sent &&
	       sending->at - tcb->stamped >= LONG;
}

static bool rst_stamp_stands(const struct tcb *tcb, const struct sending *sending)
{
	return rst(tcb, sending) && stamp_stands(tcb, sending);
}

/*
 * A tick is a millisecond at least (5.4). What the clock is off may be seen at once, and what it
 * runs too fast after some time.
 */
static bool stamp_leaps(const struct tcb *tcb, const struct sending *sending)
{
	enum { OFF = 1000 };
	uint64_t passed = (uint64_t)((sending->at - tcb->stamped) / USEC_PER_MSEC);
	uint32_t value;

	return is_stamped(tcb, sending, &value) && passed < 1u << 30 &&
	       value - tcb->stamp_sent > passed + passed / 8 + OFF;
}

/* All is acknowledged, so no window and no probe asks for another number. */
static bool ack_elsewhere(const struct tcb *tcb, const struct sending *sending)
{
	return (flags_of(sending) & (TCP_ACK | TCP_SYN | TCP_RST)) == TCP_ACK &&
	       segment_sequence_length(sending->segment) == 0 && tcb->send_known && tcb->heard &&
	       tcb->snd_una == tcb->snd_nxt && sending->at - tcb->arrived < USEC_PER_MSEC &&
	       !sending->circumstances->kept_alive && begin_of(sending) != tcb->snd_nxt;
}

/* What a window is rounded to may move its edge a little. */
static bool window_shrinks(const struct tcb *tcb, const struct sending *sending)
{
	uint8_t scale = tcb_agreed(tcb, OFFER_SCALE) ? tcb->receive_scale : 0;
	uint32_t edge = sending->segment->tcp.acknowledgment +
	                ((uint32_t)sending->segment->tcp.window << scale);

	return acks(tcb, sending) && not_rst(tcb, sending) && !syn(tcb, sending) && tcb->syn_sent &&
	       tcb->syn_received && tcb->has_offered &&
	       seq_before(edge + (2u << scale), tcb->offered);
}

/* Nothing is read any more, so no room becomes free. The first ACK is the one of the peer's FIN. */
static bool window_grows(const struct tcb *tcb, const struct sending *sending)
{
	uint8_t scale = tcb_agreed(tcb, OFFER_SCALE) ? tcb->receive_scale : 0;
	uint32_t edge = sending->segment->tcp.acknowledgment +
	                ((uint32_t)sending->segment->tcp.window << scale);

	return acks(tcb, sending) && not_rst(tcb, sending) && tcb->syn_sent && tcb->syn_received &&
	       tcb->sent_here && !tcb->contradicted &&
	       seq_before(tcb->rcv_edge + (2u << scale), edge);
}

/* It came from a listener, and nobody has it yet. */
static bool request_grows(const struct tcb *tcb, const struct sending *sending)
{
	return tcb->passive && !tcb->fast_open && !syn(tcb, sending) && window_grows(tcb, sending);
}

static bool label_changes(const struct tcb *tcb, const struct sending *sending)
{
	return tcb->sent_any && tcb->flow_label != sending->segment->flow_label;
}

/* The two lowest bits are of ECN (RFC 3168). */
static bool service_differs(const struct tcb *tcb, const struct sending *sending)
{
	enum { ECN = 3 };
	const struct model_circumstances *known = sending->circumstances;

	/* Then TIME-WAIT knows nothing of it any more. */
	if (tcb->state == STATE_TIME_WAIT && known->service_at >= tcb->entered)
		return false;
	return known->service_set && not_rst(tcb, sending) && !syn(tcb, sending) &&
	       (sending->segment->tos & ~ECN) != (known->service & ~ECN);
}

/* A probe has the number before SND.NXT; all else that has it was sent before (3.8.4). */
static bool probes_early(const struct tcb *tcb, const struct sending *sending)
{
	enum { EARLY = 50 * USEC_PER_MSEC };
	const struct model_circumstances *known = sending->circumstances;
	usec_t idle = known->keep_idle * (usec_t)USEC_PER_SEC;

	return known->kept_alive && known->keep_idle > 0 && !tcb->probed && tcb->heard &&
	       tcb->send_known && tcb->snd_una == tcb->snd_nxt && not_rst(tcb, sending) &&
	       begin_of(sending) == tcb->snd_nxt - 1 &&
	       segment_sequence_length(sending->segment) == 0 &&
	       tcb->iss + 1 + tcb->written == tcb->snd_nxt && tcb->reply_count == 0 &&
	       sending->at - tcb->acked < idle - EARLY;
}

static bool marked(const struct tcb *tcb, const struct sending *sending)
{
	enum { ECN = 3 };

	return !tcb->peer_marks && !sending->circumstances->marks &&
	       (sending->segment->tos & ECN) != 0;
}

static bool is_held(const struct tcb *tcb, uint32_t begin, uint32_t end)
{
	for (unsigned i = 0; i < tcb->ahead_count; i++)
		if (!seq_before(begin, tcb->ahead[i].begin) && !seq_before(tcb->ahead[i].end, end))
			return true;
	return false;
}

static uint32_t number_at(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

static bool sack_unheld(const struct tcb *tcb, const struct sending *sending)
{
	struct tcp_option_view view;

	/* What is behind the peer's FIN contradicts it. */
	if (tcb->ahead_count == TCB_RANGES || tcb->contradicted || tcb->peer_fin_seen ||
	    tcb->beyond || !tcb->receive_known ||
	    !tcp_option_find(&sending->segment->tcp, TCPOPT_KIND_SACK, &view))
		return false;
	for (unsigned i = 2; i + 8 <= view.length; i += 8) {
		uint32_t begin = number_at(view.bytes + i), end = number_at(view.bytes + i + 4);
		bool old = !seq_before(tcb->rcv_nxt, end); /* D-SACK, RFC 2883 */

		if (!old && !seq_before(tcb->rcv_edge, end) && !is_held(tcb, begin, end))
			return true;
	}
	return false;
}

/*
 * The third repetition and those behind it, when nothing came between: the first may be a probe for
 * a loss at the end.
 */
static bool backs_not_off(const struct tcb *tcb, const struct sending *sending)
{
	enum { LONGEST = 59 }; /* RFC 6298 2.5: it may stay at 60 s, or more */
	usec_t gap = sending->at - tcb->repeated;

	return not_rst(tcb, sending) && segment_sequence_length(sending->segment) > 0 &&
	       tcb->send_known && tcb->snd_una != tcb->snd_nxt &&
	       begin_of(sending) == tcb->snd_una && tcb->repeats >= 2 && tcb->gap > 0 &&
	       tcb->arrived < tcb->repeated && !sending->circumstances->may_give_up &&
	       !sending->circumstances->linear && gap < LONGEST * (usec_t)USEC_PER_SEC &&
	       gap < tcb->gap + tcb->gap / 2;
}

static bool scale_late(const struct tcb *tcb, const struct sending *sending)
{
	struct tcp_option_view view;

	if (!tcp_option_find(&sending->segment->tcp, TCPOPT_KIND_WSCALE, &view))
		return false;
	return !syn(tcb, sending) ||
	       (syn_ack(tcb, sending) && tcb->passive && !(tcb->peer_offers & OFFER_SCALE));
}

static bool sack_unagreed(const struct tcb *tcb, const struct sending *sending)
{
	struct tcp_option_view view;

	return tcb->syn_received && !(tcb->peer_offers & OFFER_SACK) &&
	       tcp_option_find(&sending->segment->tcp, TCPOPT_KIND_SACK, &view);
}

/* ---- the rules ---- */

enum { FORBIDS = false, ALLOWS = true };

/* clang-format off */
const struct send_rule send_rules[] = {
	/* 3.5.2: resets */
	{ { "rst-stamp-stands", "RFC 7323 5.4", "the clock of timestamps goes with time, also in a RST", 0 },
	  ANY_STATE, rst_stamp_stands, FORBIDS, NEEDS_SENDS },
	{ { "ecn-unagreed", "RFC 3168 6.1.1 and 6.1.4", "a packet is marked as capable of ECN when both SYNs have agreed on it, and when it is no reset", 0 },
	  ANY_STATE, marked, FORBIDS, NEEDS_NOTHING },
	{ { "rst-answers", SECTION("3.5.2"), "a RST answers a segment", 0 },
	  ANY_STATE, rst_answers, ALLOWS, NEEDS_NOTHING },
	{ { "rst-from-nothing", SECTION("3.5.2, group 1"), "where there is no connection a RST only answers a segment", 0 },
	  CL | LI, rst, FORBIDS, NEEDS_ARRIVALS },
	{ { "time-wait-rst", SECTION("3.6.1, MUST-13"), "TIME-WAIT lasts 2 MSL, and answers with an ACK", 0 },
	  TW, rst, FORBIDS, NEEDS_NOTHING },
	{ { "rst-without-reason", SECTION("3.10.5"), "a connection is aborted by a call, or when a timer ends it", 0 },
	  ANY_STATE & ~(CL | LI), rst_without_reason, FORBIDS, NEEDS_NOTHING },
	{ { "rst-abort", SECTION("3.10.5"), "an abort sends <SEQ=SND.NXT><CTL=RST>", 0 },
	  ANY_STATE & ~(CL | LI), rst_next, ALLOWS, NEEDS_NOTHING },
	{ { "rst-abort-in-window", SECTION("3.10.5"), "an abort may take an earlier number, where the window ends", DEPARTURE_ABORT_IN_WINDOW },
	  ANY_STATE & ~(CL | LI), rst_within, ALLOWS, NEEDS_NOTHING },
	{ { "rst-no-window", SECTION("3.10.5"), "an abort sends <SEQ=SND.NXT><CTL=RST>, and not a RST that no window takes", 0 },
	  ANY_STATE & ~(CL | LI), rst_outside, FORBIDS, NEEDS_NOTHING },
	{ { "rst-not-next", SECTION("3.10.5"), "an abort sends <SEQ=SND.NXT><CTL=RST>", 0 },
	  ANY_STATE & ~(CL | LI), rst_elsewhere, FORBIDS, NEEDS_SENDS },

	/* 3.5: SYN; 3.10.1 */
	{ { "text-before-rst", SECTION("3.10.7.4, fifth and seventh"), "what an ACK lets out goes before the RST that its segment is answered by", 0 },
	  CL, text_before_rst, ALLOWS, NEEDS_ARRIVALS },
	{ { "closed-sends", SECTION("3.10.7.1"), "a connection that does not exist sends nothing but a RST that answers", 0 },
	  CL | LI, other_than_syn, FORBIDS, NEEDS_NOTHING },
	{ { "syn-ack-unasked", SECTION("3.5"), "a SYN,ACK answers a SYN", 0 },
	  CL | LI, syn_ack, FORBIDS, NEEDS_ARRIVALS },
	{ { "syn-ack-refused", SECTION("3.10.7.1"), "where nothing listens there is no SYN,ACK", 0 },
	  CL | LI, syn_ack_refused, FORBIDS, NEEDS_NOTHING },
	{ { "syn-elsewhere", SECTION("3.10.8, retransmission"), "a SYN sent again has the number it had", 0 },
	  SS | SR, syn_elsewhere, FORBIDS, NEEDS_ARRIVALS },
	{ { "syn-again", SECTION("3.10.8, retransmission"), "a SYN that is not acknowledged is sent again", 0 },
	  ANY_STATE & ~(CL | LI), syn_of_iss, ALLOWS, NEEDS_NOTHING },
	{ { "time-wait-syn", SECTION("3.6.1, MUST-13"), "TIME-WAIT lasts 2 MSL before the ports are used again", 0 },
	  TW, syn, FORBIDS, NEEDS_NOTHING },
	{ { "syn-synchronized", SECTION("3.5"), "no SYN is sent on a connection that is open", 0 },
	  SYNCHRONIZED, syn, FORBIDS, NEEDS_ARRIVALS },
	{ { "reopen-number", SECTION("3.6.1, MAY-2, (1)"), "what replaces a connection in TIME-WAIT begins above the numbers of that one", 0 },
	  SR, syn_ack_below, FORBIDS, NEEDS_ARRIVALS },
	{ { "no-ack", SECTION("3.1, Acknowledgment Number"), "once a connection is established ACK is always set", 0 },
	  ANY_STATE, no_ack, FORBIDS, NEEDS_NOTHING },

	/* 3.4, 3.10.7.4: acknowledgments */
	{ { "ack-behind-fin", SECTION("3.4, and 3.10.7.4, eighth"), "nothing behind the peer's FIN can be acknowledged", 0 },
	  OTHERS, ack_behind_fin, FORBIDS, NEEDS_NOTHING },
	{ { "ack-of-unreceived", SECTION("3.4, and 3.10.7.4, seventh"), "only what was received in order is acknowledged: SEG.ACK is RCV.NXT", 0 },
	  OTHERS, ack_of_unreceived, FORBIDS, NEEDS_ARRIVALS },
	{ { "ack-goes-back", SECTION("3.4, and 3.10.7.4, seventh"), "what was acknowledged stays so: SEG.ACK is RCV.NXT", 0 },
	  OTHERS, ack_goes_back, FORBIDS, NEEDS_ARRIVALS },

	/* 3.4, 3.10.4, 3.8.6: what is sent, and its end */
	{ { "text-early", SECTION("3.10.2, SYN-RECEIVED"), "text waits until the connection is established", 0 },
	  SR, text_early, FORBIDS, NEEDS_ARRIVALS },
	{ { "text-gap", SECTION("3.4"), "what is sent follows what was sent before", 0 },
	  OTHERS, leaves_gap, FORBIDS, NEEDS_SENDS },
	{ { "fin-uncalled", SECTION("3.10.4"), "a FIN is sent when the program closes", 0 },
	  OTHERS, fin_uncalled, FORBIDS, NEEDS_CALLS },
	{ { "fin-elsewhere", SECTION("3.10.8, retransmission"), "a FIN sent again has the number it had", 0 },
	  OTHERS, fin_elsewhere, FORBIDS, NEEDS_NOTHING },
	{ { "text-on-fin", SECTION("3.6, and 3.10.4"), "after its FIN an endpoint sends no more text", 0 },
	  OTHERS, text_on_fin, FORBIDS, NEEDS_NOTHING },
	{ { "behind-fin", SECTION("3.6, and 3.10.4"), "after its FIN an endpoint sends nothing more", 0 },
	  OTHERS, behind_fin, FORBIDS, NEEDS_NOTHING },
	{ { "fin-over-text", SECTION("3.10.4"), "a FIN comes after all that was sent", 0 },
	  OTHERS, fin_over_text, FORBIDS, NEEDS_NOTHING },
	{ { "beyond-window", SECTION("3.8.6"), "text ends where the peer's window does", 0 },
	  OTHERS, beyond_window, FORBIDS, NEEDS_ARRIVALS },
	{ { "backs-not-off", "RFC 6298 5.5, MUST", "the timeout is doubled each time that it runs out", 0 },
	  SYNCHRONIZED, backs_not_off, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS | NEEDS_CALLS },
	{ { "time-wait-unasked", SECTION("3.10.7.4, fifth, TIME-WAIT"), "in TIME-WAIT segments are answered, and nothing else is sent", 0 },
	  TW, unasked, FORBIDS, NEEDS_ARRIVALS },

	/* 3.8.5: urgent data */
	{ { "urgent-lacks", SECTION("3.10.2, 3.8.5, and RFC 6093 3"), "segments before the end of urgent text carry URG, and a pointer to that end", 0 },
	  OTHERS & ~TW, urgent_lacks, FORBIDS, NEEDS_CALLS | NEEDS_SENDS },
	{ { "urgent-unasked", SECTION("3.8.5"), "URG is set while urgent text is not acknowledged", 0 },
	  OTHERS, urgent_unasked, FORBIDS, NEEDS_CALLS | NEEDS_SENDS },

	/* options */
	{ { "stamp-lacks", "RFC 7323 3.2, MUST", "once agreed on, timestamps are in every segment but a RST", 0 },
	  OTHERS, stamp_lacks, FORBIDS, NEEDS_NOTHING },
	{ { "stamp-unagreed", "RFC 7323 3.2", "timestamps are used when the peer's SYN had them", 0 },
	  OTHERS, stamp_unagreed, FORBIDS, NEEDS_NOTHING },
	{ { "echo-is-old", "RFC 7323 4.3", "TSecr is TS.Recent, which every segment at Last.ACK.sent renews", 0 },
	  OTHERS, echo_is_old, FORBIDS, NEEDS_ARRIVALS },
	{ { "echo-is-new", "RFC 7323 3.2", "TSecr repeats a TSval that was received", 0 },
	  OTHERS, echo_is_new, FORBIDS, NEEDS_ARRIVALS },
	{ { "stamp-goes-back", "RFC 7323 5.4", "the clock of timestamps never goes back", 0 },
	  OTHERS, stamp_goes_back, FORBIDS, NEEDS_SENDS },
	{ { "stamp-stands", "RFC 7323 5.4", "the clock of timestamps goes with time: a tick is no more than a second", 0 },
	  OTHERS, stamp_stands, FORBIDS, NEEDS_SENDS },
	{ { "stamp-leaps", "RFC 7323 5.4", "the clock of timestamps goes with time: a tick is no less than a millisecond", 0 },
	  OTHERS, stamp_leaps, FORBIDS, NEEDS_SENDS },
	{ { "ack-elsewhere", SECTION("3.10.7.4, first"), "an ACK is <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>", 0 },
	  OTHERS & ~SR, ack_elsewhere, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS | NEEDS_CALLS },
	{ { "window-shrinks", SECTION("3.8.6, SHLD-14") ", and ip-sysctl, tcp_shrink_window", "a window that was offered is not taken back", 0 },
	  OTHERS, window_shrinks, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "time-wait-window", SECTION("3.3.1, RCV.WND, and 3.8.6.2.2"), "in TIME-WAIT nothing is read, so the window does not move on", 0 },
	  TW, window_grows, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "request-window", SECTION("3.3.1, RCV.WND"), "a half-open connection has received nothing, and nothing is read, so its window does not move on", 0 },
	  SR, request_grows, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "time-wait-flow-label", "RFC 6437 2 and 3", "the segments of TIME-WAIT have the flow label of the connection", 0 },
	  TW, label_changes, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "service", "RFC 9293 3.9.1.6, MUST-48, ip(7), IP_TOS, and ipv6(7)", "segments have the type of service that was set", 0 },
	  OTHERS, service_differs, FORBIDS, NEEDS_CALLS },
	{ { "keepalive-early", "RFC 1122 4.2.3.6, and tcp(7), TCP_KEEPIDLE", "a connection is idle for TCP_KEEPIDLE before it is probed", 0 },
	  IN(ESTABLISHED) | IN(CLOSE_WAIT), probes_early, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "sack-unheld", "RFC 2018 3", "SACK tells of text that was received, and nothing else", 0 },
	  OTHERS, sack_unheld, FORBIDS, NEEDS_ARRIVALS | NEEDS_SENDS },
	{ { "scale-late", "RFC 7323 2.2, MUST NOT", "the window is scaled when both SYNs say so, and nowhere else", 0 },
	  OTHERS, scale_late, FORBIDS, NEEDS_NOTHING },
	{ { "sack-unagreed", "RFC 2018 2", "SACK is sent when the peer's SYN permits it", 0 },
	  OTHERS, sack_unagreed, FORBIDS, NEEDS_NOTHING },
};
/* clang-format on */
const size_t send_rule_count = sizeof(send_rules) / sizeof(send_rules[0]);

static bool known_enough(enum needs needs, const struct model_circumstances *known)
{
	return (!(needs & NEEDS_CALLS) || known->calls_known) &&
	       (!(needs & NEEDS_ARRIVALS) || known->arrivals_known) &&
	       (!(needs & NEEDS_SENDS) || known->sends_known);
}

const struct rule *send_judge(const struct tcb *tcb, const struct sending *sending)
{
	const struct model_circumstances *known = sending->circumstances;

	for (size_t i = 0; i < send_rule_count; i++) {
		const struct send_rule *row = &send_rules[i];

		if (!tcb_in(tcb, row->states) || !rule_holds(&row->rule, known) ||
		    !known_enough(row->needs, known) || !row->when(tcb, sending))
			continue;
		return row->allows ? NULL : &row->rule;
	}
	return NULL;
}
