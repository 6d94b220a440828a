#include "explore/belief.h"

#include <netinet/in.h>
#include <string.h>

#include "model/arrival_rules.h"
#include "model/time_rules.h"
#include "wire/tcp_options.h"

enum { WAYS = 16, KERNEL_SCALE = 7, SEGMENT_MOST = 1000, FLIGHT = 10000 };

/* ---- what the endpoint sends ---- */

void belief_offer(const struct habits *habits, struct segment *segment)
{
	struct tcp_header *tcp = &segment->tcp;
	uint8_t *to = tcp->options;

	*to++ = TCPOPT_KIND_MSS, *to++ = 4, *to++ = SEGMENT_MOST >> 8, *to++ = SEGMENT_MOST & 0xff;
	if (habits->sack)
		*to++ = TCPOPT_KIND_SACK_OK, *to++ = 2;
	else if (habits->stamps)
		*to++ = TCPOPT_KIND_NOP, *to++ = TCPOPT_KIND_NOP;
	if (habits->stamps) {
		*to++ = TCPOPT_KIND_TS, *to++ = 10;
		memset(to, 0, 8);
		to += 8;
	} else if (habits->sack) {
		*to++ = TCPOPT_KIND_NOP, *to++ = TCPOPT_KIND_NOP;
	}
	if (habits->scale)
		*to++ = TCPOPT_KIND_NOP, *to++ = TCPOPT_KIND_WSCALE, *to++ = 3,
		*to++ = KERNEL_SCALE;
	tcp->options_length = (uint8_t)(to - tcp->options);
}

static void put(struct belief *belief, unsigned flags, uint32_t sequence, uint32_t length)
{
	const struct tcb *tcb = &belief->tcb;
	struct segment segment = { .protocol = IPPROTO_TCP, .payload_length = length };
	uint32_t unread = tcb->receive_known ? tcb_unread(tcb) : 0;
	uint32_t room = unread < belief->habits.room ? belief->habits.room - unread : 0;

	segment.tcp.flags = (uint16_t)flags;
	segment.tcp.sequence = sequence;
	segment.tcp.acknowledgment = flags & TCP_ACK ? tcb->rcv_nxt : 0;
	segment.tcp.window = (uint16_t)(room < UINT16_MAX ? room : UINT16_MAX);
	if (flags & TCP_SYN)
		belief_offer(&belief->habits, &segment);
	else if (belief->habits.scale)
		segment.tcp.window = (uint16_t)((room + 127) >> KERNEL_SCALE);
	tcb_sent(&belief->tcb, &segment, belief->now);
}

static void give_reply(struct belief *belief, const struct tcb_reply *reply)
{
	switch (reply->reply) {
	case REPLY_SYN_ACK:
		put(belief, TCP_SYN | TCP_ACK, 0, 0);
		break;
	case REPLY_ACK:
		put(belief, TCP_ACK, belief->tcb.snd_nxt, 0);
		break;
	case REPLY_RST:
		put(belief, TCP_RST, reply->sequence, 0);
		break;
	case REPLY_RST_ACK:
		put(belief, TCP_RST | TCP_ACK, 0, 0);
		break;
	case REPLY_ABORT:
		put(belief, TCP_RST | TCP_ACK, reply->acknowledgment, 0);
		break;
	case REPLY_NONE:
		break;
	}
}

static uint32_t sendable(const struct tcb *tcb)
{
	uint32_t flight = tcb->snd_nxt - tcb->snd_una;

	if (!seq_before(tcb->snd_nxt, tcb->snd_edge) || flight >= FLIGHT)
		return 0;
	return tcb->snd_edge - tcb->snd_nxt;
}

static void send_text(struct belief *belief)
{
	struct tcb *tcb = &belief->tcb;

	if (!tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT) | IN(FIN_WAIT_1) | IN(LAST_ACK)))
		return;
	for (uint32_t room; belief->queued > 0 && (room = sendable(tcb)) > 0;) {
		uint32_t length = belief->queued < room ? belief->queued : room;

		length = length < SEGMENT_MOST ? length : SEGMENT_MOST;
		put(belief, TCP_PSH | TCP_ACK, tcb->snd_nxt, length);
		belief->queued -= length;
	}
	if (belief->queued == 0 && tcb->close_called && !tcb->fin_sent && tcb->send_known &&
	    tcb_in(tcb, IN(FIN_WAIT_1) | IN(LAST_ACK)))
		put(belief, TCP_FIN | TCP_ACK, tcb->snd_nxt, 0);
}

static void settle(struct belief *belief)
{
	struct tcb *tcb = &belief->tcb;

	send_text(belief);
	/* What may come and need not hardly does. */
	for (unsigned i = 0; i < TCB_REPLIES && tcb->reply_count > 0; i++) {
		struct tcb_reply reply = tcb->replies[0];

		if (reply.by != USEC_FOREVER || reply.reply == REPLY_SYN_ACK)
			give_reply(belief, &reply);
		if (tcb->reply_count > 0 && !memcmp(&reply, &tcb->replies[0], sizeof(reply))) {
			tcb->reply_count--;
			memmove(&tcb->replies[0], &tcb->replies[1],
			        tcb->reply_count * sizeof(reply));
		}
	}
}

/* ---- what happens to it ---- */

void belief_init(struct belief *belief, const struct habits *habits, enum model_mode mode)
{
	memset(belief, 0, sizeof(*belief));
	belief->terms = (struct model_circumstances){
		.mode = mode,
		.rfc5961 = true,
		.calls_known = true,
		.arrivals_known = true,
		.sends_known = true,
		.slack = USEC_PER_SEC / 4,
	};
	belief->habits = *habits;
	belief->listening = !habits->active;
	tcb_init(&belief->tcb, 0);
	if (habits->active)
		put(belief, TCP_SYN, 0, 0);
}

/* Of several ways the first is mostly the RFC's, and the last is that of a listener. */
static size_t likely(const struct belief *belief, size_t count, struct chance *chance)
{
	if (belief->tcb.state == STATE_CLOSED)
		return belief->listening ? count - 1 : 0;
	return chance_percent(chance, 80) ? 0 : chance_below(chance, (unsigned)count);
}

void belief_arrives(struct belief *belief, const struct segment *segment, struct chance *chance)
{
	struct tcb ways[WAYS];

	belief->terms.taken = &belief->taken;
	struct arrival arrival = { segment, belief->now, &belief->terms };
	size_t count = arrival_apply(&belief->tcb, &arrival, ways, WAYS);

	belief->tcb = ways[likely(belief, count < WAYS ? count : WAYS, chance)];
	belief->tcb.answered = belief->tcb.probed = false;
	belief->tcb.arrived = belief->now;
	settle(belief);
}

void belief_calls(struct belief *belief, enum call_kind kind)
{
	struct call call = { .kind = kind };
	struct tcb ways[WAYS];

	belief->terms.taken = &belief->taken;
	size_t count = call_apply(&belief->tcb, &call, belief->now, &belief->terms, ways, WAYS);
	/* The first that is open is what is asked for by text that was not read. */
	(void)count;
	belief->tcb = ways[0];
	settle(belief);
}

void belief_writes(struct belief *belief, uint32_t bytes)
{
	if (belief->tcb.close_called ||
	    !tcb_in(&belief->tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT) | IN(SYN_SENT) | IN(SYN_RECV)))
		return;
	belief->queued += bytes;
	settle(belief);
}

void belief_reads(struct belief *belief)
{
	struct tcb *tcb = &belief->tcb;

	if (tcb->receive_known)
		tcb->copied = tcb->rcv_nxt - (tcb->peer_fin_taken ? 1 : 0);
}

void belief_waits(struct belief *belief, usec_t time)
{
	belief->now += time;
	belief->terms.taken = &belief->taken;
	for (size_t i = 0; i < time_rule_count; i++) {
		if (time_rules[i].call ||
		    !time_rule_applies(&time_rules[i], &belief->tcb, belief->now, &belief->terms))
			continue;
		transition_note(&belief->taken, TRANSITION_TIME, i, belief->tcb.state);
		time_rules[i].effect(&belief->tcb, belief->now);
		break;
	}
	settle(belief);
}
