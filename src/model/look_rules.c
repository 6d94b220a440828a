#include "model/look_rules.h"

enum { TIME_WAIT_SECONDS = 60, GRAIN = 50 * USEC_PER_MSEC };

static bool always(const struct tcb *tcb, const struct look *look)
{
	(void)tcb, (void)look;
	return true;
}

static bool same_state(const struct tcb *tcb, const struct look *look)
{
	return tcb->state == look->status->state;
}

/* A program that has gone reads nothing; a miniature of a socket has no queues (inode 0). */
static bool has_socket(const struct tcb *tcb, const struct look *look)
{
	return !tcb->receiver_gone && !tcb->contradicted && !tcb->urgent &&
	       look->status->inode != 0 && look->circumstances->calls_known &&
	       look->circumstances->arrivals_known && tcb->receive_known && tcb->send_known;
}

/* The FIN counts as one byte, until the program was told of it. */
static bool right_receive_queue(const struct tcb *tcb, const struct look *look)
{
	uint32_t unread = tcb_unread(tcb), queue = look->status->receive_queue;

	return queue == unread + (tcb->peer_fin_taken ? 1 : 0) || (queue == 0 && unread == 0);
}

static bool knows_written(const struct tcb *tcb, const struct look *look)
{
	return has_socket(tcb, look) && !tcb->fast_open;
}

static bool right_send_queue(const struct tcb *tcb, const struct look *look)
{
	return look->status->send_queue == tcb_unacknowledged(tcb);
}

/* Not every world shows timers; where there is a socket they are shown. */
static bool in_flight(const struct tcb *tcb, const struct look *look)
{
	return look->status->inode != 0 && look->circumstances->arrivals_known && tcb->send_known &&
	       tcb->snd_una != tcb->snd_nxt;
}

static bool timer_runs(const struct tcb *tcb, const struct look *look)
{
	(void)tcb;
	return look->status->timer == TIMER_RETRANSMIT || look->status->timer == TIMER_PROBE;
}

static bool nothing_to_send(const struct tcb *tcb, const struct look *look)
{
	return knows_written(tcb, look) && tcb_unacknowledged(tcb) == 0;
}

static bool no_retransmission(const struct tcb *tcb, const struct look *look)
{
	(void)tcb;
	return look->status->timer != TIMER_RETRANSMIT && look->status->timer != TIMER_PROBE;
}

static bool promises_sixty(const struct tcb *tcb, const struct look *look)
{
	(void)tcb;
	return look->circumstances->mode == MODEL_LINUX && look->status->timer == TIMER_TIMEWAIT;
}

/* What arrives may begin it again. */
static bool sixty_since(const struct tcb *tcb, const struct look *look)
{
	usec_t full = TIME_WAIT_SECONDS * (usec_t)USEC_PER_SEC, left = look->status->expires;
	usec_t slack = look->circumstances->slack + GRAIN;

	return left <= full + slack && left >= full - (look->at - tcb->since) - slack;
}

/* Up to 60 s a miniature of the socket waits; a longer time has another timer first. */
static bool promises_fin_timeout(const struct tcb *tcb, const struct look *look)
{
	const struct model_circumstances *known = look->circumstances;

	return known->mode == MODEL_LINUX && look->status->timer == TIMER_TIMEWAIT &&
	       known->calls_known && tcb->receiver_gone && !tcb->slow &&
	       !known->fin_timeout_unknown &&
	       known->fin_timeout <= TIME_WAIT_SECONDS * (usec_t)USEC_PER_SEC;
}

static bool fin_timeout_since(const struct tcb *tcb, const struct look *look)
{
	usec_t full = look->circumstances->fin_timeout, left = look->status->expires;
	usec_t slack = look->circumstances->slack + GRAIN;

	/* Three and a half timeouts have to fit into it, of a second at most. */
	enum { LEAST = 3500 * USEC_PER_MSEC };
	if (!full)
		full = TIME_WAIT_SECONDS * (usec_t)USEC_PER_SEC;
	return left <= (full > LEAST ? full : LEAST) + slack &&
	       left >= full - (look->at - tcb->since) - slack;
}

#define SECTION(step) "RFC 9293 " step
#define OPEN (SYNCHRONIZED & ~IN(TIME_WAIT))

/* clang-format off */
const struct look_rule look_rules[] = {
	{ { "state", SECTION("3.3.2, figure 5"), "the state follows from the segments and calls before", 0 },
	  ANY_STATE, always, same_state },
	{ { "receive-queue", SECTION("3.3.1, RCV.NXT"), "what was received in order and not read can be read", 0 },
	  OPEN, has_socket, right_receive_queue },
	{ { "send-queue", SECTION("3.3.1, SND.UNA"), "what was written and not acknowledged is kept", 0 },
	  OPEN, knows_written, right_send_queue },
	{ { "timer-runs", SECTION("3.10.8, RETRANSMISSION TIMEOUT") ", and RFC 6298 5.1", "while something is not acknowledged a timer runs", 0 },
	  OPEN, in_flight, timer_runs },
	{ { "timer-stops", "RFC 6298 5.2", "when all is acknowledged the timer is turned off", 0 },
	  OPEN, nothing_to_send, no_retransmission },
	{ { "time-wait-left", SECTION("3.6.1, MUST-13") ", and TCP_TIMEWAIT_LEN", "TIME-WAIT lasts 60 s", 0 },
	  IN(TIME_WAIT), promises_sixty, sixty_since },
	{ { "fin-wait-2-left", "tcp(7), TCP_LINGER2, and ip-sysctl, tcp_fin_timeout", "FIN-WAIT-2 without a program lasts as long as was set", 0 },
	  IN(FIN_WAIT_2), promises_fin_timeout, fin_timeout_since },
};
/* clang-format on */
const size_t look_rule_count = sizeof(look_rules) / sizeof(look_rules[0]);

const struct rule *look_judge(const struct tcb *tcb, const struct tcp_status *status, usec_t at,
                              const struct model_circumstances *circumstances)
{
	struct look look = { status, at, circumstances };

	for (size_t i = 0; i < look_rule_count; i++) {
		const struct look_rule *row = &look_rules[i];

		if (tcb_in(tcb, row->states) && row->when(tcb, &look) && !row->holds(tcb, &look))
			return &row->rule;
	}
	return NULL;
}
