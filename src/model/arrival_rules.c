#include "model/arrival_rules.h"

#include <string.h>

#include "wire/tcp_options.h"

/* ---- the conditions of the rows ---- */

static unsigned flags_of(const struct arrival *arrival)
{
	return arrival->segment->tcp.flags;
}

static bool rst(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return flags_of(arrival) & TCP_RST;
}

static bool ack(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return flags_of(arrival) & TCP_ACK;
}

static bool no_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return !ack(tcb, arrival);
}

static bool syn(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return flags_of(arrival) & TCP_SYN;
}

static bool no_syn(const struct tcb *tcb, const struct arrival *arrival)
{
	return !syn(tcb, arrival);
}

static bool nothing_set(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return !(flags_of(arrival) & (TCP_ACK | TCP_RST | TCP_SYN));
}

static bool syn_alone(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return (flags_of(arrival) & (TCP_SYN | TCP_ACK | TCP_RST)) == TCP_SYN;
}

static bool syn_fin(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_alone(tcb, arrival) && flags_of(arrival) & TCP_FIN;
}

static bool promises_5961(const struct arrival *arrival)
{
	return arrival->circumstances->rfc5961;
}

/* SYN-SENT. */
static bool ack_not_of_syn(const struct tcb *tcb, const struct arrival *arrival)
{
	return ack(tcb, arrival) &&
	       !seq_within(tcb->iss + 1, arrival->segment->tcp.acknowledgment, tcb->snd_nxt);
}

/* SYN-RECEIVED */
static bool ack_not_acceptable(const struct tcb *tcb, const struct arrival *arrival)
{
	return !rst(tcb, arrival) && ack(tcb, arrival) &&
	       !seq_within(tcb->snd_una + 1, arrival->segment->tcp.acknowledgment, tcb->snd_nxt);
}

static bool rst_and_bad_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && ack_not_of_syn(tcb, arrival);
}

static bool rst_and_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && ack(tcb, arrival);
}

static bool syn_and_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn(tcb, arrival) && ack(tcb, arrival);
}

/* first */

/* By how much the timestamp is older than TS.Recent; 0: it is not. */
static uint32_t stamp_age(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	if (!tcb_agreed(tcb, OFFER_STAMP) || rst(tcb, arrival) ||
	    !tcp_timestamp_get(&arrival->segment->tcp, &value, &echo) ||
	    !stamp_before(value, tcb->stamp_recent) || arrival->at - tcb->stamp_at >= STAMP_VALID)
		return 0;
	return tcb->stamp_recent - value;
}

/* A request for a connection, which nobody could accept yet. */
static bool request_rst_old(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	return tcb->passive && rst(tcb, arrival) && tcb_agreed(tcb, OFFER_STAMP) &&
	       tcp_timestamp_get(&arrival->segment->tcp, &value, &echo) &&
	       stamp_before(value, tcb->stamp_recent);
}

static bool stamp_after_zero(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->stamp_recent == 0 && stamp_age(tcb, arrival) > 0;
}

static bool stamp_old_by_one(const struct tcb *tcb, const struct arrival *arrival)
{
	return stamp_age(tcb, arrival) == 1;
}

static bool stamp_too_old(const struct tcb *tcb, const struct arrival *arrival)
{
	bool lenient = arrival->circumstances->mode == MODEL_LINUX; /* DEPARTURE_PAWS_WINDOW */

	return stamp_age(tcb, arrival) > (lenient ? 1 : 0);
}

static bool old_pure_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return stamp_age(tcb, arrival) > 0 && segment_sequence_length(arrival->segment) == 0 &&
	       ack(tcb, arrival) && seq_before(arrival->segment->tcp.sequence, tcb->rcv_nxt);
}

static bool repeated_pure_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return stamp_age(tcb, arrival) > 0 && segment_sequence_length(arrival->segment) == 0 &&
	       ack(tcb, arrival) && arrival->segment->tcp.sequence == tcb->rcv_nxt &&
	       arrival->segment->tcp.acknowledgment == tcb->snd_una;
}

static bool stamp_missing(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	return tcb_agreed(tcb, OFFER_STAMP) && !rst(tcb, arrival) && !syn(tcb, arrival) &&
	       !tcp_timestamp_get(&arrival->segment->tcp, &value, &echo);
}

static bool stamped(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	return tcb_agreed(tcb, OFFER_STAMP) && !rst(tcb, arrival) && !syn(tcb, arrival) &&
	       tcp_timestamp_get(&arrival->segment->tcp, &value, &echo);
}

static bool unacceptable(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->receive_known && !tcb_acceptable(tcb, arrival->segment);
}

static bool rst_unacceptable(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && unacceptable(tcb, arrival) &&
	       arrival->segment->tcp.sequence != tcb->rcv_nxt;
}

static bool carries(const struct arrival *arrival)
{
	return arrival->segment->payload_length > 0 || flags_of(arrival) & TCP_FIN;
}

static bool bare_unacceptable(const struct tcb *tcb, const struct arrival *arrival)
{
	return !rst(tcb, arrival) && unacceptable(tcb, arrival) &&
	       (!carries(arrival) || syn(tcb, arrival));
}

static bool text_unacceptable(const struct tcb *tcb, const struct arrival *arrival)
{
	return !rst(tcb, arrival) && unacceptable(tcb, arrival);
}

static bool fin_again(const struct tcb *tcb, const struct arrival *arrival)
{
	return (flags_of(arrival) & (TCP_FIN | TCP_RST | TCP_SYN | TCP_ACK)) ==
	               (TCP_FIN | TCP_ACK) &&
	       tcb->peer_fin_taken && seq_end(arrival->segment) == tcb->rcv_nxt;
}

static bool ends_at_edge(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_unacceptable(tcb, arrival) && ack(tcb, arrival) && !syn(tcb, arrival) &&
	       seq_within(tcb->last_ack, seq_end(arrival->segment), tcb->rcv_nxt);
}

/* Is its ACK one that is taken, and does it not end a state? */
static bool ack_says_little(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t number = arrival->segment->tcp.acknowledgment;

	return seq_within(tcb->snd_una, number, tcb->snd_nxt) &&
	       !(tcb->fin_sent && seq_before(tcb->fin, number));
}

static bool text_again(const struct tcb *tcb, const struct arrival *arrival)
{
	return ends_at_edge(tcb, arrival) && carries(arrival) && ack_says_little(tcb, arrival) &&
	       tcb->state != STATE_SYN_RECV;
}

/* What nobody listens to needs no answer; a request that is not accepted yet takes no such ACK. */
static bool ack_again(const struct tcb *tcb, const struct arrival *arrival)
{
	return ends_at_edge(tcb, arrival) && !text_again(tcb, arrival) &&
	       !(tcb->state == STATE_SYN_RECV && tcb->passive);
}

static bool at_right_edge(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_unacceptable(tcb, arrival) && ack(tcb, arrival) && !syn(tcb, arrival) &&
	       tcb_receive_window(tcb) > 0 && arrival->segment->tcp.sequence == tcb->rcv_edge;
}

static bool over_the_window(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_unacceptable(tcb, arrival) && !syn(tcb, arrival) &&
	       tcb_receive_window(tcb) > 0 &&
	       seq_before(arrival->segment->tcp.sequence, tcb->rcv_nxt) &&
	       seq_before(tcb->rcv_edge, seq_end(arrival->segment));
}

static bool at_zero_window(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_unacceptable(tcb, arrival) && ack(tcb, arrival) && !syn(tcb, arrival) &&
	       tcb_receive_window(tcb) == 0 && arrival->segment->tcp.sequence == tcb->rcv_nxt;
}

static bool linger2_at_edge(const struct tcb *tcb, const struct arrival *arrival)
{
	return (ends_at_edge(tcb, arrival) || at_zero_window(tcb, arrival)) && tcb->receiver_gone &&
	       arrival->circumstances->linger2 && tcb->fin_sent &&
	       arrival->segment->tcp.acknowledgment == tcb->fin + 1;
}

static bool fin_at_zero_window(const struct tcb *tcb, const struct arrival *arrival)
{
	return at_zero_window(tcb, arrival) && flags_of(arrival) & TCP_FIN &&
	       arrival->segment->payload_length == 0;
}

static bool beyond_edge(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->receive_known && !syn(tcb, arrival) &&
	       seq_before(tcb->rcv_edge, seq_end(arrival->segment)) && carries(arrival);
}

static bool crossed_syn_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_and_ack(tcb, arrival) && !tcb->passive &&
	       arrival->segment->tcp.sequence == tcb->irs &&
	       arrival->segment->tcp.acknowledgment == tcb->snd_nxt;
}

static bool miniature(const struct tcb *tcb)
{
	return tcb->receiver_gone && tcb->state == STATE_FIN_WAIT_2;
}

static bool miniature_any(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	return miniature(tcb);
}

static bool miniature_rst(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature(tcb) && rst(tcb, arrival);
}

static bool miniature_rst_at_edge(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature_rst(tcb, arrival) && arrival->segment->tcp.sequence == tcb->rcv_edge;
}

static bool miniature_syn(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature(tcb) && syn(tcb, arrival);
}

static bool miniature_syn_before(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature_syn(tcb, arrival) &&
	       seq_before(arrival->segment->tcp.sequence, tcb->rcv_nxt);
}

static bool miniature_syn_old(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature_syn_before(tcb, arrival) && ack(tcb, arrival);
}

static bool miniature_syn_no_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return miniature_syn_before(tcb, arrival) && !ack(tcb, arrival);
}

/* Linux does what tcp_rfc1337 says with a RST at RCV.NXT; of others it is not known. */
static bool rst_by_1337(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && arrival->circumstances->mode == MODEL_LINUX &&
	       arrival->circumstances->rfc1337;
}

static bool rst_stamped(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	return rst(tcb, arrival) && tcb_agreed(tcb, OFFER_STAMP) &&
	       tcp_timestamp_get(&arrival->segment->tcp, &value, &echo);
}

static bool rst_of_others(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) &&
	       (arrival->circumstances->mode != MODEL_LINUX || !promises_5961(arrival) ||
	        arrival->segment->tcp.sequence != tcb->rcv_nxt);
}

/* Second step. */
static bool rst_exact(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && arrival->segment->tcp.sequence == tcb->rcv_nxt;
}

static bool rst_blind(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && !promises_5961(arrival);
}

static bool rst_on_fin(const struct tcb *tcb, const struct arrival *arrival)
{
	return rst(tcb, arrival) && tcb->peer_fin_taken &&
	       arrival->segment->tcp.sequence == tcb->rcv_nxt - 1;
}

static bool rst_at_sack(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t highest = tcb->rcv_nxt;

	for (unsigned i = 0; i < tcb->ahead_count; i++)
		if (seq_before(highest, tcb->ahead[i].end))
			highest = tcb->ahead[i].end;
	if (tcb->peer_fin_seen && !seq_before(tcb->peer_fin, highest))
		highest = tcb->peer_fin + 1; /* a FIN behind a gap is held, too */
	return rst(tcb, arrival) && tcb_agreed(tcb, OFFER_SACK) && highest != tcb->rcv_nxt &&
	       arrival->segment->tcp.sequence == highest;
}

/* Fourth step. */
static bool syn_of_passive(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn(tcb, arrival) && tcb->passive;
}

static bool syn_ack_of_passive(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_of_passive(tcb, arrival) && ack(tcb, arrival);
}

static bool syn_of_early(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_of_passive(tcb, arrival) && tcb->fast_open;
}

static bool syn_ack_of_early(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_of_early(tcb, arrival) && ack(tcb, arrival);
}

/* The SYN that was taken, with an ACK of ours. */
static bool syn_again_with_ack(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_ack_of_passive(tcb, arrival) && !rst(tcb, arrival) &&
	       arrival->segment->tcp.sequence == tcb->irs &&
	       arrival->segment->tcp.acknowledgment == tcb->snd_nxt;
}

static bool syn_blind(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn(tcb, arrival) && !promises_5961(arrival) && !unacceptable(tcb, arrival);
}

static bool syn_may_reopen(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	if (!syn_alone(tcb, arrival))
		return false;
	if (tcp_timestamp_get(&arrival->segment->tcp, &value, &echo) &&
	    (!tcb_agreed(tcb, OFFER_STAMP) || stamp_before(tcb->stamp_recent, value)))
		return true;
	return seq_before(tcb->rcv_nxt, arrival->segment->tcp.sequence);
}

static bool syn_text_may_reopen(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_may_reopen(tcb, arrival) && arrival->segment->payload_length > 0;
}

/* Fifth step. */
static bool ack_too_old(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->send_known && ack(tcb, arrival) &&
	       seq_before(arrival->segment->tcp.acknowledgment, tcb->snd_una - tcb->max_window);
}

static bool ack_too_old_promised(const struct tcb *tcb, const struct arrival *arrival)
{
	return promises_5961(arrival) && ack_too_old(tcb, arrival);
}

static bool old_ack_on_fast_path(const struct tcb *tcb, const struct arrival *arrival)
{
	return ack_too_old_promised(tcb, arrival) && arrival->segment->payload_length > 0 &&
	       arrival->segment->tcp.sequence == tcb->rcv_nxt &&
	       !(flags_of(arrival) & (TCP_FIN | TCP_URG));
}

static bool ack_before_una(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->send_known && ack(tcb, arrival) &&
	       seq_before(arrival->segment->tcp.acknowledgment, tcb->snd_una);
}

/*
 * RFC 5961 takes what is not older than the widest window; what is before our SYN was never sent.
 */
static bool ack_may_be_ignored(const struct tcb *tcb, const struct arrival *arrival)
{
	return ack_before_una(tcb, arrival) &&
	       (!promises_5961(arrival) || !tcb->syn_sent ||
	        !seq_before(tcb->iss, arrival->segment->tcp.acknowledgment));
}

static bool ack_unsent(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->send_known && ack(tcb, arrival) &&
	       (arrival->circumstances->sends_known || tcb->fin_sent) &&
	       seq_before(tcb->snd_nxt, arrival->segment->tcp.acknowledgment);
}

static bool ack_new(const struct tcb *tcb, const struct arrival *arrival)
{
	return ack(tcb, arrival) &&
	       seq_within(tcb->snd_una + 1, arrival->segment->tcp.acknowledgment, tcb->snd_nxt);
}

static bool ack_of_iss(const struct tcb *tcb, const struct arrival *arrival)
{
	return ack(tcb, arrival) && arrival->segment->tcp.acknowledgment == tcb->iss &&
	       !tcb->passive;
}

static bool fin_acked(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	return tcb->fin_acked;
}

static bool fin_not_acked(const struct tcb *tcb, const struct arrival *arrival)
{
	return !fin_acked(tcb, arrival);
}

static bool linger2_ends(const struct tcb *tcb, const struct arrival *arrival)
{
	return tcb->fin_acked && tcb->receiver_gone && arrival->circumstances->linger2;
}

/* Sixth step. */
static bool urgent(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return flags_of(arrival) & TCP_URG;
}

/* Seventh and eighth step. */
static bool text(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return carries(arrival);
}

static bool text_new(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t begin = arrival->segment->tcp.sequence;

	return arrival->segment->payload_length > 0 &&
	       seq_before(tcb->rcv_nxt, begin + arrival->segment->payload_length);
}

/* It begins within the window, and ends behind it. */
static bool text_beyond(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_new(tcb, arrival) &&
	       seq_before(arrival->segment->tcp.sequence, tcb->rcv_edge) &&
	       seq_before(tcb->rcv_edge, seq_end(arrival->segment));
}

static bool text_beyond_fin(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t end = arrival->segment->tcp.sequence + arrival->segment->payload_length;

	return tcb->peer_fin_seen && !tcb->peer_fin_taken && arrival->segment->payload_length > 0 &&
	       seq_before(tcb->peer_fin, end);
}

static bool text_for_nobody(const struct tcb *tcb, const struct arrival *arrival)
{
	return (tcb->receiver_gone || tcb->receive_shut) && text_new(tcb, arrival);
}

static bool fin_behind_gap(const struct tcb *tcb, const struct arrival *arrival)
{
	return (tcb->receiver_gone || tcb->receive_shut) && flags_of(arrival) & TCP_FIN &&
	       seq_before(tcb->rcv_nxt, seq_end(arrival->segment) - 1);
}

static bool text_in_order(const struct tcb *tcb, const struct arrival *arrival)
{
	return text_new(tcb, arrival) && !seq_before(tcb->rcv_nxt, arrival->segment->tcp.sequence);
}

static bool text_over_fin(const struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t begin = arrival->segment->tcp.sequence;

	return seq_before(tcb->rcv_nxt, begin + arrival->segment->payload_length) &&
	       seq_before(begin, tcb->rcv_nxt);
}

static bool fin_next(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	return tcb_fin_is_next(tcb);
}

static bool fin_next_and_acked(const struct tcb *tcb, const struct arrival *arrival)
{
	return fin_next(tcb, arrival) && tcb->fin_acked;
}

static bool fin_beyond_fin(const struct tcb *tcb, const struct arrival *arrival)
{
	return flags_of(arrival) & TCP_FIN && tcb->peer_fin_taken &&
	       seq_end(arrival->segment) == tcb->rcv_nxt + 1;
}

static bool fin(const struct tcb *tcb, const struct arrival *arrival)
{
	(void)tcb;
	return flags_of(arrival) & TCP_FIN;
}

/* ---- the effects of the rows ---- */

static void delete (struct tcb *tcb, const struct arrival *arrival)
{
	tcb_delete(tcb, arrival->at);
}

static void reset(struct tcb *tcb, const struct arrival *arrival)
{
	tcb->was_reset = tcb->state != STATE_TIME_WAIT; /* no program has a part in that any more */
	tcb->reset_waiting = tcb->state == STATE_CLOSE_WAIT;
	tcb->reset_quiet = tcb_in(tcb, IN(CLOSING) | IN(LAST_ACK));
	tcb_delete(tcb, arrival->at);
}

static void open_passively(struct tcb *tcb, const struct arrival *arrival)
{
	bool reopens = tcb->state == STATE_TIME_WAIT && tcb->send_known;
	uint32_t number = tcb->snd_nxt + arrival->circumstances->counted_from;

	tcb_renew(tcb, arrival->at);
	tcb->reopened = reopens;
	tcb->number_before = reopens ? number : 0;
	tcb->passive = true;
	tcb_take_syn(tcb, arrival->segment);
	tcb_enter(tcb, STATE_SYN_RECV, arrival->at);
}

/* Fast open (RFC 7413) may accept the text of a SYN before the handshake is over. */
static void open_with_text(struct tcb *tcb, const struct arrival *arrival)
{
	open_passively(tcb, arrival);
	tcb->rcv_nxt += arrival->segment->payload_length;
	tcb->rcv_edge = tcb->rcv_nxt;
}

static bool syn_text(const struct tcb *tcb, const struct arrival *arrival)
{
	return syn_alone(tcb, arrival) && arrival->segment->payload_length > 0;
}

static void take_ack(struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t number = arrival->segment->tcp.acknowledgment;

	if (!arrival->circumstances->sends_known && !tcb->fin_sent &&
	    seq_before(tcb->snd_nxt, number))
		tcb->snd_nxt = number; /* the endpoint has sent something that was not captured */
	/* Linux may take a byte of the header for the one that is on its way: findings.txt. */
	tcb->contradicted |= tcb->urgent && !tcb_has_urgent(tcb) &&
	                     seq_before(tcb->urgent_at, arrival->segment->tcp.sequence);
	tcb_take_ack(tcb, arrival->segment, arrival->at);
	tcb_take_stamp(tcb, arrival->segment, arrival->at);
}

static void take_stamp(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_stamp(tcb, arrival->segment, arrival->at);
}

/* A request becomes a socket, which then drops the segment for its SYN. */
static void make_child(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_stamp(tcb, arrival->segment, arrival->at);
	tcb->is_child = true;
	tcb->repeat_by = USEC_FOREVER;
}

static void begin_stamps(struct tcb *tcb, const struct arrival *arrival)
{
	uint32_t value, echo;

	if (tcp_timestamp_get(&arrival->segment->tcp, &value, &echo))
		tcb->stamp_recent = tcb->stamp_newest = value;
}

static void answer_syn(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_syn(tcb, arrival->segment);
	take_ack(tcb, arrival);
	tcb_enter(tcb, STATE_ESTABLISHED, arrival->at);
}

static void cross_syn(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_syn(tcb, arrival->segment);
	tcb_enter(tcb, STATE_SYN_RECV, arrival->at);
}

static void establish(struct tcb *tcb, const struct arrival *arrival)
{
	take_ack(tcb, arrival);
	tcb_enter(tcb, tcb->close_called ? STATE_FIN_WAIT_1 : STATE_ESTABLISHED, arrival->at);
	tcb->fin_acked = tcb->fin_sent && seq_before(tcb->fin, tcb->snd_una);
}

static void to_fin_wait_2(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_enter(tcb, STATE_FIN_WAIT_2, arrival->at);
}

static void to_time_wait(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_enter(tcb, STATE_TIME_WAIT, arrival->at);
}

static void move_fin(struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	tcb->peer_fin++;
	tcb->rcv_nxt++;
	tcb->contradicted = true;
}

static void forget_fin(struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	tcb->peer_fin_seen = false;
	tcb->contradicted = true;
}

static void take_text(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_text(tcb, arrival->segment);
}

static void take_text_beyond(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_text_beyond(tcb, arrival->segment);
}

static void take_urgent(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_urgent(tcb, arrival->segment);
}

static void contradict(struct tcb *tcb, const struct arrival *arrival)
{
	(void)arrival;
	tcb->contradicted = true;
}

static void take_fin(struct tcb *tcb, const struct arrival *arrival)
{
	tcb_take_fin(tcb, arrival->at);
}

static void fin_then_gone(struct tcb *tcb, const struct arrival *arrival)
{
	take_fin(tcb, arrival);
	tcb_delete(tcb, arrival->at);
}

/* Takes only the ACK of a segment, as in the fifth step, and nothing else of it. */
static void ack_alone(struct tcb *tcb, const struct arrival *arrival)
{
	take_ack(tcb, arrival);
	if (!tcb->fin_acked)
		return;
	if (tcb->state == STATE_FIN_WAIT_1)
		tcb_enter(tcb, STATE_FIN_WAIT_2, arrival->at);
	else if (tcb->state == STATE_CLOSING)
		tcb_enter(tcb, STATE_TIME_WAIT, arrival->at);
	else if (tcb->state == STATE_LAST_ACK)
		tcb_delete(tcb, arrival->at);
}

/* A FIN without text needs no room. */
static void fin_without_room(struct tcb *tcb, const struct arrival *arrival)
{
	ack_alone(tcb, arrival);
	take_text(tcb, arrival);
}

/* ---- the rules ---- */

#define CL IN(CLOSED)
#define LI IN(LISTEN)
#define SS IN(SYN_SENT)
#define SR IN(SYN_RECV)
#define ES IN(ESTABLISHED)
#define F1 IN(FIN_WAIT_1)
#define F2 IN(FIN_WAIT_2)
#define CW IN(CLOSE_WAIT)
#define CG IN(CLOSING)
#define LA IN(LAST_ACK)
#define TW IN(TIME_WAIT)
#define OTHERS OTHER_STATES

#define SECTION(step) "RFC 9293 3.10.7." step
#define LINUX(name) DEPARTURE_##name

/*
 * A connection that does not exist is CLOSED here, also when a socket LISTENs on its port. To the
 * peer, the two differ only in the answer to a SYN, or to a segment without ACK.
 */
/* clang-format off */
const struct arrival_rule arrival_rules[] = {
	/* 3.10.7.1 CLOSED, and 3.10.7.2 LISTEN */
	{ { "no-connection-rst", SECTION("1"), "a RST for no connection is discarded", 0 },
	  CL | LI, rst, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "no-connection-ack", SECTION("1 and 2, second"), "a segment with ACK for no connection is answered by <SEQ=SEG.ACK><CTL=RST>", 0 },
	  CL | LI, ack, false, REPLY_RST, AT_ONCE, NULL, STOP },
	{ { "listen-syn-text", "RFC 7413 4.2", "the text of a SYN may be taken at once", 0 },
	  CL | LI, syn_text, true, REPLY_SYN_ACK, MAY, open_with_text, STOP },
	{ { "listen-syn", SECTION("2, third"), "a SYN is answered by SYN,ACK: SYN-RECEIVED", 0 },
	  CL | LI, syn_alone, true, REPLY_SYN_ACK, MAY, open_passively, STOP },
	{ { "no-connection", SECTION("1"), "a segment without ACK for no connection is answered by <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>", 0 },
	  CL | LI, NULL, false, REPLY_RST_ACK, MAY, NULL, STOP },

	/* 3.10.7.3 SYN-SENT */
	{ { "syn-sent-rst-bad-ack", SECTION("3, first"), "a RST whose ACK is not of our SYN is dropped", 0 },
	  SS, rst_and_bad_ack, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "syn-sent-bad-ack", SECTION("3, first"), "an ACK that is not of our SYN is answered by <SEQ=SEG.ACK><CTL=RST>", 0 },
	  SS, ack_not_of_syn, false, REPLY_RST, AT_ONCE, NULL, STOP },
	{ { "syn-sent-rst", SECTION("3, second"), "a RST that acknowledges our SYN ends the connection", 0 },
	  SS, rst_and_ack, false, REPLY_NONE, MAY, reset, STOP },
	{ { "syn-sent-rst-alone", SECTION("3, second"), "a RST without ACK is dropped", 0 },
	  SS, rst, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "syn-ack-alone", SECTION("3, fourth"), "text and FIN of a SYN,ACK are dropped", LINUX(SYN_ACK_ALONE) },
	  SS, syn_and_ack, true, REPLY_ACK, DELAYED, answer_syn, STOP },
	{ { "syn-sent-syn-ack", SECTION("3, fourth"), "our SYN is acknowledged: ESTABLISHED, and an ACK is sent", 0 },
	  SS, syn_and_ack, false, REPLY_ACK, DELAYED, answer_syn, TEXT },
	{ { "syn-sent-syn", SECTION("3, fourth"), "SYNs cross: SYN-RECEIVED, and a SYN,ACK is sent", 0 },
	  SS, syn, false, REPLY_SYN_ACK, AT_ONCE, cross_syn, STOP },
	{ { "syn-sent-other", SECTION("3, fifth"), "a segment with neither SYN nor RST is dropped", 0 },
	  SS, no_syn, false, REPLY_NONE, MAY, NULL, STOP },

	/* 3.10.7.4 first: the sequence number, and timestamps (RFC 7323 5.3) */
	{ { "time-wait-reopen-text", "RFC 9293 3.6.1, MAY-2, and RFC 7413 4.2", "the text of a SYN that opens a new connection may be taken at once", 0 },
	  TW, syn_text_may_reopen, true, REPLY_SYN_ACK, MAY, open_with_text, STOP },
	{ { "time-wait-reopen", "RFC 9293 3.6.1, MAY-2, and RFC 6191 2", "a SYN later than the old connection may open a new one", 0 },
	  TW, syn_may_reopen, true, REPLY_SYN_ACK, MAY, open_passively, STOP },
	{ { "time-wait-syn-gone", SECTION("4, fourth, TIME-WAIT"), "a SYN that could reopen ends TIME-WAIT and is then refused", LINUX(TIME_WAIT_SYN) },
	  TW, syn_may_reopen, true, REPLY_RST_ACK, MAY, delete, STOP },
	{ { "time-wait-syn-fin", SECTION("4, fourth, TIME-WAIT"), "a SYN with FIN ends TIME-WAIT", LINUX(TIME_WAIT_SYN) },
	  TW, syn_fin, true, REPLY_NONE, MAY, delete, STOP },
	{ { "no-ack-dropped", SECTION("4, first and fifth"), "a segment without ACK, RST and SYN is dropped before its number is looked at", LINUX(NO_ACK_DROPPED) },
	  OTHERS & ~TW, nothing_set, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "syn-received-unacceptable-ack", "RFC 9293 3.5.2, group 2", "an ACK that is not of our SYN is answered by <SEQ=SEG.ACK><CTL=RST>, whatever else there is", 0 },
	  SR, ack_not_acceptable, true, REPLY_RST, MAY, NULL, STOP },
	{ { "stamp-missing", "RFC 7323 3.2", "a segment without the timestamps that were agreed on SHOULD be dropped", 0 },
	  OTHERS, stamp_missing, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "stamp-zero", "RFC 7323 5.3, R1", "after a timestamp of 0 any is taken", LINUX(STAMP_ZERO) },
	  OTHERS, stamp_after_zero, true, REPLY_NONE, MAY, begin_stamps, NEXT },
	{ { "syn-received-rst-stamp", "RFC 7323 5.2", "a RST with an old timestamp is dropped", LINUX(SYN_RECEIVED_RST_STAMP) },
	  SR, request_rst_old, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "miniature-rst-stamp", "RFC 7323 5.3, R1", "a RST is answered by an ACK", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_rst, true, REPLY_ACK, MAY, NULL, STOP },
	{ { "paws-window", "RFC 7323 5.3, R1", "a segment with a timestamp older by one is taken, or dropped", LINUX(PAWS_WINDOW) },
	  OTHERS, stamp_old_by_one, true, REPLY_ACK, MAY, NULL, STOP },
	{ { "paws-pure-ack", "RFC 7323 5.3, R1", "a pure ACK with an old timestamp and number is dropped silently", LINUX(PAWS_PURE_ACK) },
	  OTHERS & ~TW, old_pure_ack, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "paws-pure-ack-taken", "RFC 7323 5.3, R1", "a pure ACK with an old timestamp that says nothing new is taken", LINUX(PAWS_PURE_ACK) },
	  OTHERS & ~TW, repeated_pure_ack, true, REPLY_NONE, MAY, ack_alone, STOP },
	{ { "stamp-too-old", "RFC 7323 5.3, R1", "a segment with a timestamp before TS.Recent is answered by an ACK, and dropped", 0 },
	  OTHERS, stamp_too_old, false, REPLY_ACK, LIMITED, NULL, STOP },
	{ { "miniature-rst-edge", SECTION("4, second, 1)"), "a RST where the window ends is taken for one within it", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_rst_at_edge, true, REPLY_NONE, MAY, reset, STOP },
	{ { "rst-outside", SECTION("4, second, 1)"), "a RST outside the window is dropped silently", 0 },
	  OTHERS & ~(CW | CG | LA), rst_unacceptable, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "rst-after-fin", SECTION("4, second, 1)"), "a RST with the number of the peer's FIN ends the connection", LINUX(RST_AFTER_FIN) },
	  CW | CG | LA, rst_on_fin, true, REPLY_NONE, MAY, reset, STOP },
	{ { "rst-outside-closing", SECTION("4, second, 1)"), "a RST outside the window is dropped silently", 0 },
	  CW | CG | LA, rst_unacceptable, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "miniature-syn", SECTION("4, fourth"), "a SYN in the window is answered by RST, and ends FIN-WAIT-2", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_syn, true, REPLY_RST_ACK, MAY, reset, STOP },
	{ { "miniature-syn-ack", SECTION("4, fourth"), "a SYN with ACK in the window is answered by RST, and ends FIN-WAIT-2", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_syn, true, REPLY_RST, MAY, reset, STOP },
	{ { "time-wait-fin-again", SECTION("4, eighth, TIME-WAIT"), "a retransmitted FIN is acknowledged, and TIME-WAIT begins again", 0 },
	  TW, fin_again, false, REPLY_ACK, AT_ONCE, to_time_wait, STOP },
	{ { "linger2-at-edge", SECTION("4, first, and fifth, FIN-WAIT-1"), "the ACK of a segment that is not acceptable ends the connection, with TCP_LINGER2 below 0", LINUX(LINGER2) },
	  F1, linger2_at_edge, true, REPLY_RST, MAY, delete, STOP },
	{ { "text-again-ack-taken", SECTION("4, first"), "of a segment that ends at RCV.NXT the ACK is taken", LINUX(ACK_OF_OLD_TEXT) },
	  OTHERS & ~(SR | TW), text_again, true, REPLY_ACK, AT_ONCE, NULL, SECOND },
	{ { "old-ack-taken", SECTION("4, first"), "of a segment that ends before RCV.NXT, or at it, the ACK is taken, and nothing sent", LINUX(ACK_OF_OLD_TEXT) },
	  OTHERS & ~TW, ack_again, true, REPLY_NONE, MAY, NULL, SECOND },
	{ { "right-edge", SECTION("4, first"), "the ACK of a segment that begins where the window ends is taken", LINUX(RIGHT_EDGE) },
	  OTHERS & ~TW, at_right_edge, true, REPLY_ACK, MAY, NULL, SECOND },
	{ { "over-the-window", SECTION("4, first, table 6"), "a segment that begins before the window and ends behind it is taken", LINUX(OVER_THE_WINDOW) },
	  OTHERS & ~TW, over_the_window, true, REPLY_NONE, MAY, NULL, SECOND },
	{ { "zero-window-fin", SECTION("4, first"), "a FIN alone is taken though the window is 0", LINUX(FIN_AT_ZERO_WINDOW) },
	  RECEIVING, fin_at_zero_window, true, REPLY_ACK, DELAYED, fin_without_room, TEXT },
	{ { "zero-window-ack", SECTION("4, first"), "at a window of 0 the ACK is taken, the text is not; an ACK answers it", 0 },
	  OTHERS & ~SR, at_zero_window, true, REPLY_ACK, AT_ONCE, ack_alone, STOP },
	{ { "crossed-syn-ack", "RFC 9293 3.5, figure 7", "after crossed SYNs the peer's SYN,ACK establishes the connection", 0 },
	  SR, crossed_syn_ack, true, REPLY_ACK, MAY, establish, STOP },
	{ { "unacceptable", SECTION("4, first"), "a segment outside the window is answered by an ACK, and dropped", 0 },
	  OTHERS, bare_unacceptable, false, REPLY_ACK, LIMITED, NULL, STOP },
	{ { "unacceptable-text", SECTION("4, first"), "text or FIN outside the window is answered by an ACK, and dropped", 0 },
	  OTHERS, text_unacceptable, false, REPLY_ACK, AT_ONCE, NULL, STOP },
	{ { "no-trim", SECTION("4, first"), "what ends behind the window could be trimmed, or is dropped", 0 },
	  OTHERS, beyond_edge, true, REPLY_ACK, MAY, NULL, STOP },

	{ { "stamp-first", "RFC 7323 5.3, R3", "TS.Recent is renewed before the ACK is looked at", 0 },
	  OTHERS, stamped, true, REPLY_NONE, MAY, take_stamp, NEXT },

	/* second: RST */
	{ { "time-wait-rst-renews", "RFC 7323 5.3, R3", "a RST that is ignored may renew TS.Recent", 0 },
	  TW, rst_by_1337, true, REPLY_NONE, MAY, take_stamp, STOP },
	{ { "time-wait-rst-ignored", "RFC 1337 3, F1, and ip-sysctl, tcp_rfc1337", "a RST in TIME-WAIT is ignored where that is asked for", 0 },
	  TW, rst_by_1337, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "time-wait-rst-stamp", "RFC 1337 3, F1", "a RST with an old timestamp may be ignored, too", 0 },
	  TW, rst_stamped, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "time-wait-rst-open", "RFC 1337 3, F1", "a RST in TIME-WAIT may be ignored", 0 },
	  TW, rst_of_others, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "rst-at-sack", SECTION("4, second, 3)"), "a RST behind the text held out of order ends the connection", LINUX(RST_AT_SACK) },
	  OTHERS, rst_at_sack, true, REPLY_NONE, MAY, reset, STOP },
	{ { "rst-exact", SECTION("4, second, 2)"), "a RST at RCV.NXT ends the connection", 0 },
	  OTHERS, rst_exact, false, REPLY_NONE, MAY, reset, STOP },
	{ { "rst-in-window-793", SECTION("4, second"), "without RFC 5961 a RST in the window ends the connection", 0 },
	  OTHERS, rst_blind, true, REPLY_NONE, MAY, reset, STOP },
	{ { "miniature-rst", SECTION("4, second, 3)"), "a RST in the window ends FIN-WAIT-2", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_rst, true, REPLY_NONE, MAY, reset, STOP },
	{ { "rst-in-window", SECTION("4, second, 3)"), "a RST in the window, but not at RCV.NXT, is answered by a challenge ACK, and dropped", 0 },
	  OTHERS, rst, false, REPLY_ACK, LIMITED, NULL, STOP },

	/* fourth: SYN (the third step, security, is not used any more) */
	{ { "syn-received-syn-ack", SECTION("4, fourth, SYN-RECEIVED"), "of the first SYN with an ACK the ACK is looked at: the SYN,ACK is not sent again", LINUX(SECOND_SYN) },
	  SR, syn_again_with_ack, true, REPLY_ACK, MAY, make_child, STOP },
	{ { "syn-received-syn-rst", SECTION("4, fourth, SYN-RECEIVED"), "a second SYN is answered by RST, and ends the connection", LINUX(SECOND_SYN) },
	  SR, syn_of_passive, true, REPLY_RST_ACK, MAY, delete, STOP },
	{ { "syn-received-syn-ack-rst", SECTION("4, fourth, SYN-RECEIVED"), "a second SYN with ACK is answered by RST, and ends the connection", LINUX(SECOND_SYN) },
	  SR, syn_ack_of_passive, true, REPLY_RST, MAY, delete, STOP },
	{ { "syn-received-syn-early", SECTION("4, fourth, SYN-RECEIVED"), "with Fast Open a second SYN is answered by RST, and the connection stays", LINUX(SECOND_SYN) },
	  SR, syn_of_early, true, REPLY_RST_ACK, MAY, NULL, STOP },
	{ { "syn-received-syn-ack-early", SECTION("4, fourth, SYN-RECEIVED"), "with Fast Open a second SYN with ACK is answered by RST, and the connection stays", LINUX(SECOND_SYN) },
	  SR, syn_ack_of_early, true, REPLY_RST, MAY, NULL, STOP },
	{ { "syn-received-syn", SECTION("4, fourth, SYN-RECEIVED"), "a second SYN returns to LISTEN", 0 },
	  SR, syn_of_passive, true, REPLY_NONE, MAY, delete, STOP },
	{ { "syn-in-window-793", SECTION("4, fourth"), "without RFC 5961 a SYN in the window is answered by a reset that ends the connection", 0 },
	  SYNCHRONIZED, syn_blind, true, REPLY_RST, MAY, reset, STOP },
	{ { "syn-in-window-793-no-ack", SECTION("4, fourth"), "without RFC 5961 a SYN in the window is answered by a reset that ends the connection", 0 },
	  SYNCHRONIZED, syn_blind, true, REPLY_RST_ACK, MAY, reset, STOP },
	{ { "miniature-syn-old", SECTION("4, first, and fourth"), "a SYN before the window is trimmed, and a FIN behind it taken", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_syn_old, true, REPLY_NONE, MAY, take_stamp, TEXT },
	{ { "miniature-syn-old-dropped", SECTION("4, first, and fifth"), "a SYN before the window is trimmed, and what has no ACK dropped", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_syn_no_ack, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "syn", SECTION("4, fourth"), "a SYN is answered by a challenge ACK, and dropped", 0 },
	  OTHERS, syn, false, REPLY_ACK, LIMITED, NULL, STOP },

	/* fifth: ACK */
	{ { "no-ack", SECTION("4, fifth"), "a segment without ACK is dropped", 0 },
	  OTHERS, no_ack, false, REPLY_NONE, MAY, NULL, STOP },
	{ { "miniature-ack", SECTION("4, fifth, FIN-WAIT-2"), "the ACK is not looked at", LINUX(FIN_WAIT_2_MINIATURE) },
	  F2, miniature_any, true, REPLY_NONE, MAY, NULL, TEXT },
	{ { "ack-unsent-silent", SECTION("4, fifth, ESTABLISHED"), "an ACK of what was not sent is dropped silently", LINUX(UNSENT_ACK_SILENT) },
	  ES | CW, ack_unsent, true, REPLY_NONE, MAY, NULL, STOP },
	{ { "fast-path-old-ack", "RFC 5961 5.2, MUST", "text in order is taken though its ACK is too old", LINUX(FAST_PATH_OLD_ACK) },
	  ES, old_ack_on_fast_path, true, REPLY_ACK, DELAYED, take_text, STOP },
	{ { "ack-too-old", "RFC 5961 5.2, MUST, and " SECTION("4, fifth"), "an ACK before SND.UNA - MAX.SND.WND is answered by an ACK, and dropped", 0 },
	  SYNCHRONIZED & ~TW, ack_too_old_promised, false, REPLY_ACK, LIMITED, NULL, STOP },
	{ { "ack-too-old-open", SECTION("4, fifth, MAY-12") ", and RFC 5961 5.2", "an old ACK may be answered by an ACK, and dropped", 0 },
	  SYNCHRONIZED & ~TW, ack_may_be_ignored, true, REPLY_ACK, MAY, NULL, STOP },
	{ { "handshake-ack-dropped", SECTION("4, fifth, SYN-RECEIVED"), "the last ACK of the handshake is dropped", LINUX(HANDSHAKE_ACK_DROPPED) },
	  SR, ack_new, true, REPLY_ACK, MAY, NULL, STOP },
	{ { "handshake-ack-reset", SECTION("4, fifth, SYN-RECEIVED"), "the last ACK of the handshake is answered by RST", LINUX(HANDSHAKE_ACK_DROPPED) },
	  SR, ack_new, true, REPLY_RST, MAY, delete, STOP },
	{ { "syn-received-ack", SECTION("4, fifth, SYN-RECEIVED"), "our SYN is acknowledged: ESTABLISHED", 0 },
	  SR, ack_new, false, REPLY_NONE, MAY, establish, NEXT },
	{ { "crossed-iss", SECTION("4, fifth, SYN-RECEIVED"), "an ACK of nothing establishes the connection", LINUX(CROSSED_ISS) },
	  SR, ack_of_iss, true, REPLY_NONE, MAY, establish, NEXT },
	{ { "syn-received-bad-ack", SECTION("4, fifth, SYN-RECEIVED"), "an ACK that is not of our SYN is answered by <SEQ=SEG.ACK><CTL=RST>", 0 },
	  SR, ack, false, REPLY_RST, AT_ONCE, NULL, STOP },
	{ { "ack-unsent", SECTION("4, fifth, ESTABLISHED"), "an ACK of what was not sent is answered by an ACK, and dropped", 0 },
	  SYNCHRONIZED & ~TW, ack_unsent, false, REPLY_ACK, LIMITED, NULL, STOP },
	{ { "time-wait-stamp", "RFC 7323 4.3", "text or FIN does not renew TS.Recent in TIME-WAIT", LINUX(TIME_WAIT_STAMP) },
	  TW, text, true, REPLY_ACK, MAY, NULL, STOP },
	{ { "old-ack-stamp", "RFC 7323 4.3", "a segment with an ACK before SND.UNA does not renew TS.Recent", LINUX(OLD_ACK_STAMP) },
	  SYNCHRONIZED & ~TW, ack_before_una, true, REPLY_NONE, MAY, NULL, TEXT },
	{ { "ack", SECTION("4, fifth, ESTABLISHED"), "SND.UNA and the send window are updated", 0 },
	  SYNCHRONIZED, ack, false, REPLY_NONE, MAY, take_ack, NEXT },
	{ { "linger2", SECTION("4, fifth, FIN-WAIT-1"), "with TCP_LINGER2 below 0 the connection is reset", LINUX(LINGER2) },
	  F1, linger2_ends, true, REPLY_RST, MAY, delete, STOP },
	{ { "fin-wait-1-ack-of-fin", SECTION("4, fifth, FIN-WAIT-1"), "our FIN is acknowledged: FIN-WAIT-2", 0 },
	  F1, fin_acked, false, REPLY_NONE, MAY, to_fin_wait_2, NEXT },
	{ { "closing-ack-of-fin", SECTION("4, fifth, CLOSING"), "our FIN is acknowledged: TIME-WAIT", 0 },
	  CG, fin_acked, false, REPLY_NONE, MAY, to_time_wait, NEXT },
	{ { "closing-other", SECTION("4, fifth, CLOSING"), "without an ACK of our FIN the segment is ignored", 0 },
	  CG, fin_not_acked, false, REPLY_ACK, MAY, NULL, NEXT },
	{ { "last-ack-ack-of-fin", SECTION("4, fifth, LAST-ACK"), "our FIN is acknowledged: CLOSED", 0 },
	  LA, fin_acked, false, REPLY_NONE, MAY, delete, STOP },
	{ { "time-wait-ack", SECTION("4, fifth, TIME-WAIT"), "what arrives may be acknowledged", 0 },
	  TW, ack, false, REPLY_ACK, MAY, NULL, NEXT },

	/* sixth: URG */
	{ { "urgent", SECTION("4, sixth") ", and RFC 6093 3", "RCV.UP is the furthest that urgent pointers reached", 0 },
	  RECEIVING, urgent, false, REPLY_NONE, MAY, take_urgent, NEXT },
	{ { "urgent-ignored", SECTION("4, sixth, CLOSE-WAIT ..."), "after the peer's FIN this should not occur: ignore the urgent field, or not", 0 },
	  FIN_RECEIVED, urgent, false, REPLY_NONE, MAY, contradict, NEXT },

	/* seventh: text */
	{ { "text-after-close", "RFC 9293 3.6.1, SHLD-3", "text for a program that has closed is answered by RST", 0 },
	  F1 | F2, text_for_nobody, true, REPLY_RST, AT_ONCE, reset, STOP },
	{ { "fin-behind-gap", SECTION("4, seventh"), "a FIN behind a gap, for a program that has closed, is answered by RST", LINUX(FIN_BEHIND_GAP) },
	  F1 | F2, fin_behind_gap, true, REPLY_RST, MAY, reset, STOP },
	{ { "text-over-fin", SECTION("4, seventh"), "text in the place of the peer's FIN is answered by RST", LINUX(TEXT_OVER_FIN) },
	  CW | CG | LA, text_over_fin, true, REPLY_RST, MAY, reset, STOP },
	{ { "text-beyond-fin", SECTION("4, seventh"), "text in the place of a FIN that is held behind a gap: which of two is right is open", 0 },
	  RECEIVING, text_beyond_fin, true, REPLY_ACK, MAY, forget_fin, NEXT },
	{ { "text-beyond", SECTION("4, first and seventh"), "text that ends behind the window could be trimmed, or is taken where there is room", 0 },
	  RECEIVING, text_beyond, true, REPLY_ACK, DELAYED, take_text_beyond, NEXT },
	{ { "text", SECTION("4, seventh"), "text in order is taken, and acknowledged within half a second (MUST-40)", 0 },
	  RECEIVING, text_in_order, false, REPLY_ACK, DELAYED, take_text, NEXT },
	{ { "text-ahead", SECTION("4, first, SHLD-31"), "text behind a gap is held", 0 },
	  RECEIVING, text, false, REPLY_ACK, MAY, take_text, NEXT },
	{ { "text-ignored", SECTION("4, seventh"), "text after the peer's FIN is ignored", 0 },
	  FIN_RECEIVED, text, false, REPLY_ACK, MAY, NULL, NEXT },

	/* eighth: FIN */
	{ { "fin-established", SECTION("4, eighth, ESTABLISHED"), "a FIN is acknowledged: CLOSE-WAIT", 0 },
	  SR | ES, fin_next, false, REPLY_ACK, DELAYED, take_fin, STOP },
	{ { "time-wait-full", "RFC 9293 3.6.1, MUST-13", "beyond tcp_max_tw_buckets there is no TIME-WAIT", LINUX(TIME_WAIT_FULL) },
	  F2, fin_next, true, REPLY_ACK, MAY, fin_then_gone, STOP },
	{ { "fin-wait-1-fin-acked", SECTION("4, eighth, FIN-WAIT-1"), "a FIN is acknowledged, and ours was: TIME-WAIT", 0 },
	  F1, fin_next_and_acked, false, REPLY_ACK, DELAYED, take_fin, STOP },
	{ { "fin-wait-1-fin", SECTION("4, eighth, FIN-WAIT-1"), "a FIN is acknowledged, ours was not: CLOSING", 0 },
	  F1, fin_next, false, REPLY_ACK, DELAYED, take_fin, STOP },
	{ { "fin-wait-2-fin", SECTION("4, eighth, FIN-WAIT-2"), "a FIN is acknowledged: TIME-WAIT", 0 },
	  F2, fin_next, false, REPLY_ACK, DELAYED, take_fin, STOP },
	{ { "fin-beyond-fin", SECTION("4, eighth"), "RCV.NXT is advanced over another FIN, too", 0 },
	  CW | CG | LA, fin_beyond_fin, true, REPLY_ACK, MAY, move_fin, STOP },
	{ { "fin-remain", SECTION("4, eighth"), "after the peer's FIN another changes nothing", 0 },
	  FIN_RECEIVED, fin, false, REPLY_ACK, MAY, NULL, STOP },
};
/* clang-format on */
const size_t arrival_rule_count = sizeof(arrival_rules) / sizeof(arrival_rules[0]);

static size_t row_called(const char *name)
{
	size_t i = 0;

	while (i < arrival_rule_count && strcmp(arrival_rules[i].rule.name, name))
		i++;
	return i;
}

static size_t arrival_rule_second(void)
{
	return row_called("stamp-first");
}

size_t arrival_rule_text(void)
{
	return row_called("urgent");
}

/* ---- applying them ---- */

static bool applies(const struct arrival_rule *row, const struct tcb *tcb,
                    const struct arrival *arrival)
{
	return tcb_in(tcb, row->states) && rule_holds(&row->rule, arrival->circumstances) &&
	       (!row->when || row->when(tcb, arrival));
}

static usec_t deadline(struct tcb *tcb, const struct arrival *arrival, enum binding binding)
{
	const struct model_circumstances *known = arrival->circumstances;
	usec_t since_last = arrival->at - tcb->challenged;

	if (!known->arrivals_known)
		return USEC_FOREVER;
	switch (binding) {
	case MAY:
		break;
	case AT_ONCE:
		return arrival->at + known->slack;
	case DELAYED:
		return arrival->at + USEC_PER_SEC / 2 + known->slack;
	case LIMITED:
		tcb->challenged = arrival->at;
		if (!known->limits_changed && (known->limits_off || since_last > USEC_PER_SEC))
			return arrival->at + known->slack;
		break;
	}
	return USEC_FOREVER;
}

/*
 * A miniature of a socket counts less, and so does a half-open connection that is no request. A SYN
 * with an old timestamp is one of two things.
 */
static bool is_counted_surely(const struct tcb *tcb, const struct arrival *arrival)
{
	if (arrival->segment->tcp.flags & TCP_SYN && stamp_too_old(tcb, arrival))
		return false;
	if (tcb->state == STATE_SYN_RECV)
		return tcb->passive && !tcb->fast_open;
	return !(tcb->state == STATE_FIN_WAIT_2 && tcb->receiver_gone) && !tcb->contradicted &&
	       !tcb->beyond;
}

static void act(const struct arrival_rule *row, struct tcb *tcb, const struct arrival *arrival)
{
	transition_note(arrival->circumstances->taken, TRANSITION_ARRIVAL,
	                (size_t)(row - arrival_rules), tcb->state);
	counters_apply(&tcb->counted, &row->rule, (enum tcp_state)tcb->state,
	               is_counted_surely(tcb, arrival));
	if (row->effect)
		row->effect(tcb, arrival);
	if (row->reply == REPLY_NONE)
		return;
	struct tcb_reply reply = {
		.reply = row->reply,
		.rule = &row->rule,
		.at = arrival->at,
		.by = deadline(tcb, arrival, row->binding),
		.sequence = arrival->segment->tcp.acknowledgment,
		.acknowledgment =
			row->reply == REPLY_RST_ACK ? seq_end(arrival->segment) : tcb->rcv_nxt,
		.ended = tcb->state == STATE_CLOSED,
	};
	tcb_reply_add(tcb, &reply);
}

struct walk {
	const struct arrival *arrival;
	struct tcb *after;
	size_t room, count;
};

/*
 * Goes down the rows from number `i`. At a row that is open, a copy continues that does not apply
 * it.
 */
static void walk_rows(struct walk *walk, struct tcb tcb, size_t i)
{
	for (; i < arrival_rule_count; i++) {
		const struct arrival_rule *row = &arrival_rules[i];

		if (!applies(row, &tcb, walk->arrival))
			continue;
		if (row->open)
			walk_rows(walk, tcb, i + 1);
		act(row, &tcb, walk->arrival);
		if (row->next == STOP)
			break;
		if (row->next == SECOND && i + 1 < arrival_rule_second())
			i = arrival_rule_second() - 1;
		if (row->next == TEXT && i + 1 < arrival_rule_text())
			i = arrival_rule_text() - 1;
	}
	if (walk->count < walk->room)
		walk->after[walk->count] = tcb;
	walk->count++;
}

size_t arrival_apply(const struct tcb *tcb, const struct arrival *arrival, struct tcb *after,
                     size_t room)
{
	struct walk walk = { arrival, after, room, 0 };

	walk_rows(&walk, *tcb, 0);
	return walk.count;
}
