#include "model/time_rules.h"

enum {
	MSL = 120, /* seconds, RFC 9293 3.4.2 */
	R2 = 100,  /* seconds, RFC 9293 3.8.3, SHLD-11 */
	R2_SYN = 180,
	LINUX_RETRIES = 60, /* at least; of SYNs, and of probes without a program */
	LINUX_TIME_WAIT = 60,
	LINUX_FIN_WAIT_2 = 60,
	EARLY = 50 * USEC_PER_MSEC, /* a timer may expire a tick early */
};

static bool elapsed(const struct tcb *tcb, usec_t now, int seconds)
{
	return now >= tcb->since + (usec_t)seconds * USEC_PER_SEC - EARLY;
}

static bool in_flight(const struct tcb *tcb)
{
	return tcb->send_known && tcb->snd_una != tcb->snd_nxt;
}

/* ---- the conditions of the rows ---- */

static bool two_msl(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	return elapsed(tcb, now, 2 * MSL);
}

static bool sixty_seconds(const struct tcb *tcb, usec_t now,
                          const struct model_circumstances *known)
{
	(void)known;
	return elapsed(tcb, now, LINUX_TIME_WAIT);
}

static usec_t fin_timeout(const struct model_circumstances *known)
{
	return known->fin_timeout ? known->fin_timeout : LINUX_FIN_WAIT_2 * USEC_PER_SEC;
}

static bool orphan_waited(const struct tcb *tcb, usec_t now,
                          const struct model_circumstances *known)
{
	usec_t timeout = fin_timeout(known);

	if (known->fin_timeout_unknown)
		timeout = USEC_PER_SEC; /* or longer, then it is still there */
	return tcb->receiver_gone && now >= tcb->since + timeout - EARLY;
}

/* DEPARTURE_FIN_WAIT_2_TWICE: two times what is above 60 s. */
static usec_t twice_the_rest(const struct model_circumstances *known)
{
	return 2 * (fin_timeout(known) - LINUX_FIN_WAIT_2 * (usec_t)USEC_PER_SEC);
}

static bool orphan_waited_twice(const struct tcb *tcb, usec_t now,
                                const struct model_circumstances *known)
{
	return tcb->receiver_gone && !known->fin_timeout_unknown && twice_the_rest(known) > 0 &&
	       now >= tcb->since + twice_the_rest(known) - EARLY;
}

static bool always(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)tcb, (void)now, (void)known;
	return true;
}

static bool orphan_unwanted(const struct tcb *tcb, usec_t now,
                            const struct model_circumstances *known)
{
	(void)now;
	(void)known;
	return tcb->receiver_gone;
}

static bool unanswered(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	int limit = tcb_in(tcb, IN(SYN_SENT) | IN(SYN_RECV)) ? R2_SYN : R2;

	if (tcb->probed && now >= tcb->arrived + (usec_t)R2 * USEC_PER_SEC)
		return true; /* the kernel probes a closed window, or a peer that is silent */
	/* As long as the peer answers what probes its closed window it stays open (MUST-37). */
	usec_t since = tcb->heard && !tcb->receiver_gone && tcb->snd_end == tcb->snd_una
	                       ? tcb->acked
	                       : tcb->sent_first;

	return in_flight(tcb) && now >= since + (usec_t)limit * USEC_PER_SEC - EARLY;
}

static bool retries_over(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	return elapsed(tcb, now, LINUX_RETRIES);
}

static bool probes_over(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	/* Where the timeout was long already, the first probe is too late. */
	return tcb->receiver_gone && !tcb->fin_sent &&
	       (tcb->slow || elapsed(tcb, now, LINUX_RETRIES));
}

static bool listener_gone(const struct tcb *tcb, usec_t now,
                          const struct model_circumstances *known)
{
	(void)now, (void)known;
	return tcb->passive && tcb->listener_gone;
}

static bool may_give_up(const struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	usec_t user = known->user_timeout - EARLY, idle = known->keep_alive - EARLY;

	if (!known->may_give_up || known->gives_up_any)
		return known->may_give_up;
	if (known->user_timeout &&
	    (in_flight(tcb) ? now >= tcb->unacked + user : now >= tcb->acked + user))
		return true;
	/* Probes of a closed window are answered, and the text waits all the same. */
	if (known->user_timeout && tcb->stuck != USEC_FOREVER && now >= tcb->stuck + user)
		return true;
	return known->keep_alive && now >= tcb->acked + idle;
}

/* A timer of Linux may be late by an eighth: the further away, the coarser it is. */
static usec_t late(usec_t time)
{
	return time + time / 8 + USEC_PER_SEC;
}

/* A promise of Linux: a timeout that was set does end the connection. */
static bool user_timeout_over(const struct tcb *tcb, usec_t now,
                              const struct model_circumstances *known)
{
	usec_t limit = late(known->user_timeout + USEC_PER_SEC) + known->slack;

	if (!known->user_timeout || known->gives_up_any || tcb->slow ||
	    !tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT)))
		return false;
	return (in_flight(tcb) && tcb->unacked > known->user_set && now > tcb->unacked + limit) ||
	       (tcb->stuck > known->user_set && tcb->stuck != USEC_FOREVER &&
	        now > tcb->stuck + limit);
}

static bool keep_alive_over(const struct tcb *tcb, usec_t now,
                            const struct model_circumstances *known)
{
	usec_t from = tcb->arrived > known->kept_since ? tcb->arrived : known->kept_since;

	return known->keep_alive && !known->gives_up_any && !known->user_timeout &&
	       !in_flight(tcb) && tcb->heard && !tcb->receiver_gone &&
	       tcb->iss + 1 + tcb->written == tcb->snd_nxt &&
	       tcb_in(tcb, IN(ESTABLISHED) | IN(CLOSE_WAIT)) &&
	       now > from + late(known->keep_alive) + known->slack;
}

/* After long timeouts it lasts longer: some of them have to fit into it. */
static bool fin_wait_2_over(const struct tcb *tcb, usec_t now,
                            const struct model_circumstances *known)
{
	usec_t from = tcb->arrived > tcb->since ? tcb->arrived : tcb->since;
	usec_t time = fin_timeout(known);

	if (time < twice_the_rest(known))
		time = twice_the_rest(known);
	return tcb->state == STATE_FIN_WAIT_2 && tcb->receiver_gone && !tcb->slow &&
	       now > from + late(time) + known->slack;
}

static bool time_wait_over(const struct tcb *tcb, usec_t now,
                           const struct model_circumstances *known)
{
	usec_t from = tcb->arrived > tcb->since ? tcb->arrived : tcb->since;

	return tcb->state == STATE_TIME_WAIT &&
	       now > from + late(LINUX_TIME_WAIT * (usec_t)USEC_PER_SEC) + known->slack;
}

static bool calls_unknown(const struct tcb *tcb, usec_t now,
                          const struct model_circumstances *known)
{
	(void)now;
	return !known->calls_known && !tcb->close_called;
}

static bool aborts_unknown(const struct tcb *tcb, usec_t now,
                           const struct model_circumstances *known)
{
	(void)now;
	return !known->calls_known && !tcb->may_reset;
}

static bool reopens_unknown(const struct tcb *tcb, usec_t now,
                            const struct model_circumstances *known)
{
	(void)now;
	return known->may_reuse && tcb_agreed(tcb, OFFER_STAMP);
}

/* ---- the effects of the rows ---- */

static void expire(struct tcb *tcb, usec_t now)
{
	tcb_delete(tcb, now);
}

static void give_up(struct tcb *tcb, usec_t now)
{
	tcb->timed_out = true;
	tcb->may_reset = true;
	tcb->repeat_by = USEC_FOREVER;
	tcb->unacked = now;
}

static void give_up_silently(struct tcb *tcb, usec_t now)
{
	tcb->timed_out = true;
	tcb_delete(tcb, now);
}

static void close_call(struct tcb *tcb, usec_t now)
{
	tcb->close_called = true;
	if (tcb->state == STATE_CLOSE_WAIT)
		tcb_enter(tcb, STATE_LAST_ACK, now);
	else if (tcb->state == STATE_ESTABLISHED)
		tcb_enter(tcb, STATE_FIN_WAIT_1, now);
}

static void abort_call(struct tcb *tcb, usec_t now)
{
	(void)now;
	tcb->may_reset = true;
}

/* ---- the rules ---- */

#define NOT_CLOSED (ANY_STATE & ~(IN(CLOSED) | IN(LISTEN)))
#define SECTION(step) "RFC 9293 " step

/* clang-format off */
const struct time_rule time_rules[] = {
	{ { "close-call", SECTION("3.10.4"), "the program closes", 0 },
	  NOT_CLOSED, calls_unknown, close_call, true },
	{ { "abort-call", SECTION("3.10.5"), "the program aborts", 0 },
	  NOT_CLOSED, aborts_unknown, abort_call, true },
	{ { "user-timeout", SECTION("3.10.8, USER TIMEOUT, and 3.8.3"), "what is not acknowledged for R2 (100 s, a SYN 3 minutes) ends the connection", 0 },
	  NOT_CLOSED, unanswered, give_up_silently, false },
	{ { "user-timeout-rst", SECTION("3.10.8, USER TIMEOUT, and 3.8.3"), "what is not acknowledged for R2 ends the connection", 0 },
	  NOT_CLOSED, unanswered, give_up, false },
	{ { "opens-no-longer", SECTION("3.8.3, MUST-23"), "a SYN is given up after its retries", DEPARTURE_OPENS_NO_LONGER },
	  IN(SYN_SENT) | IN(SYN_RECV), retries_over, give_up_silently, false },
	{ { "listener-gone", SECTION("3.10.4, LISTEN"), "what nobody will accept ends when its listener has been closed", 0 },
	  IN(SYN_RECV), listener_gone, expire, false },
	{ { "orphan-probes-end", SECTION("3.8.6.1, MUST-37"), "probes of a closed window without a program end", DEPARTURE_ORPHAN_PROBES_END },
	  IN(FIN_WAIT_1) | IN(CLOSING) | IN(LAST_ACK), probes_over, give_up_silently, false },
	{ { "gives-up-early", SECTION("3.8.3, R2"), "a timeout that was set ends the connection", DEPARTURE_GIVES_UP_EARLY },
	  NOT_CLOSED, may_give_up, give_up_silently, false },
	{ { "gives-up-early-rst", SECTION("3.8.3, R2, and 3.8.4"), "a timeout that was set ends the connection, and a RST says so", DEPARTURE_GIVES_UP_EARLY },
	  NOT_CLOSED, may_give_up, give_up, false },
	{ { "fin-wait-2-ends", SECTION("3.10.8"), "FIN-WAIT-2 without a program ends after tcp_fin_timeout", DEPARTURE_FIN_WAIT_2_ENDS },
	  IN(FIN_WAIT_2), orphan_waited, expire, false },
	{ { "fin-wait-2-twice", "tcp(7), TCP_LINGER2", "FIN-WAIT-2 without a program lasts for twice the time above 60 s", DEPARTURE_FIN_WAIT_2_TWICE },
	  IN(FIN_WAIT_2), orphan_waited_twice, expire, false },
	{ { "fin-wait-2-aborts", SECTION("3.10.8") ", and ip-sysctl, tcp_fin_timeout", "FIN-WAIT-2 without a program is aborted after tcp_fin_timeout", DEPARTURE_FIN_WAIT_2_ENDS },
	  IN(FIN_WAIT_2), orphan_waited, abort_call, false },
	{ { "fin-wait-2-unwanted", SECTION("3.10.8"), "FIN-WAIT-2 without a program is not kept", DEPARTURE_LINGER2 },
	  IN(FIN_WAIT_2), orphan_unwanted, expire, false },
	{ { "fin-wait-2-full", SECTION("3.6.1, MUST-13"), "beyond tcp_max_tw_buckets there is no FIN-WAIT-2 without a program", DEPARTURE_TIME_WAIT_FULL },
	  IN(FIN_WAIT_2), orphan_unwanted, expire, false },
	{ { "time-wait-expires", SECTION("3.10.8, TIME-WAIT TIMEOUT, and 3.6.1, MUST-13"), "TIME-WAIT ends after 2 MSL", 0 },
	  IN(TIME_WAIT), two_msl, expire, false },
	{ { "time-wait-60", SECTION("3.6.1, MUST-13"), "TIME-WAIT ends after 60 s", DEPARTURE_TIME_WAIT_60 },
	  IN(TIME_WAIT), sixty_seconds, expire, false },
	{ { "time-wait-full", SECTION("3.6.1, MUST-13"), "beyond tcp_max_tw_buckets there is no TIME-WAIT", DEPARTURE_TIME_WAIT_FULL },
	  IN(TIME_WAIT), always, expire, false },
	{ { "time-wait-reused", SECTION("3.6.1, MUST-13"), "an active open takes over TIME-WAIT", DEPARTURE_TIME_WAIT_REUSED },
	  IN(TIME_WAIT) | IN(FIN_WAIT_2), reopens_unknown, expire, true },
};
/* clang-format on */
const size_t time_rule_count = sizeof(time_rules) / sizeof(time_rules[0]);

bool time_rule_applies(const struct time_rule *row, const struct tcb *tcb, usec_t now,
                       const struct model_circumstances *circumstances)
{
	return tcb_in(tcb, row->states) && rule_holds(&row->rule, circumstances) &&
	       row->when(tcb, now, circumstances);
}

void time_rule_apply(const struct time_rule *row, struct tcb *tcb, usec_t now)
{
	/* ... or by an ICMP error that came before. */
	counters_apply(&tcb->counted, &row->rule, (enum tcp_state)tcb->state, !tcb->soft_error);
	row->effect(tcb, now);
}

static const struct rule retransmission = {
	"retransmission",
	"RFC 9293 3.10.8, RETRANSMISSION TIMEOUT, and RFC 6298 5",
	"what is not acknowledged is sent again",
	DEPARTURE_NONE,
};

static const struct rule send_on = {
	"send-on",
	"RFC 9293 3.10.2, 3.10.4, and 3.8.6.2.1",
	"what the program wrote, and its FIN, is sent when the window has room and nothing is in "
	"flight",
	DEPARTURE_NONE,
};

/* What Linux promises to end by itself. */
/* clang-format off */
static const struct {
	struct rule rule;
	bool (*over)(const struct tcb *tcb, usec_t now, const struct model_circumstances *known);
} ends[] = {
	{ { "user-timeout-lasts", "tcp(7), TCP_USER_TIMEOUT", "what is not acknowledged, or not sent, for TCP_USER_TIMEOUT ends the connection", 0 },
	  user_timeout_over },
	{ { "keepalive-lasts", "tcp(7), TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT", "probes that get no answer end the connection", 0 },
	  keep_alive_over },
	{ { "fin-wait-2-lasts", "tcp(7), TCP_LINGER2, and ip-sysctl, tcp_fin_timeout", "FIN-WAIT-2 without a program ends", 0 },
	  fin_wait_2_over },
	{ { "time-wait-lasts", SECTION("3.10.8, TIME-WAIT TIMEOUT") ", and TCP_TIMEWAIT_LEN", "TIME-WAIT ends after 60 s", 0 },
	  time_wait_over },
};
/* clang-format on */

static const struct rule *end_overdue(const struct tcb *tcb, usec_t now,
                                      const struct model_circumstances *circumstances)
{
	if (circumstances->mode != MODEL_LINUX || !circumstances->calls_known ||
	    !circumstances->arrivals_known || circumstances->fin_timeout_unknown)
		return NULL;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (ends[i].over(tcb, now, circumstances))
			return &ends[i].rule;
	return NULL;
}

const struct rule *time_overdue(const struct tcb *tcb, usec_t now,
                                const struct model_circumstances *circumstances)
{
	for (unsigned i = 0; i < tcb->reply_count; i++)
		if (tcb->replies[i].by < now)
			return tcb->replies[i].rule;
	if (circumstances->arrivals_known && in_flight(tcb) && tcb->repeat_by < now &&
	    !tcb_in(tcb, IN(CLOSED) | IN(LISTEN) | IN(TIME_WAIT)))
		return &retransmission;
	return tcb->due_by < now ? &send_on : end_overdue(tcb, now, circumstances);
}
