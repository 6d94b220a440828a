#include "model/call_rules.h"

#include <errno.h>

/* ---- the conditions of the rows ---- */

static bool has_unread(const struct tcb *tcb)
{
	return tcb->receive_known && tcb_unread(tcb) > 0;
}

/* What was read may count as unread as long as its segment is not read to the end. */
static bool has_received(const struct tcb *tcb)
{
	return tcb->receive_known && tcb->rcv_nxt - (tcb->peer_fin_taken ? 1 : 0) != tcb->irs + 1;
}

static bool has_readable(const struct tcb *tcb)
{
	return tcb->receive_known && tcb_readable(tcb) > 0;
}

static bool at_end(const struct tcb *tcb)
{
	return tcb->peer_fin_taken && !has_readable(tcb);
}

static bool nothing_yet(const struct tcb *tcb)
{
	return !tcb->peer_fin_taken && !has_readable(tcb) && !tcb->receive_shut;
}

static bool receive_shut(const struct tcb *tcb)
{
	return tcb->receive_shut && !has_readable(tcb);
}

/* The urgent byte is there, and was not taken. */
static bool urgent_waits(const struct tcb *tcb)
{
	return tcb_has_urgent(tcb) && !tcb->urgent_taken && !tcb->urgent_in_line;
}

static bool urgent_on_its_way(const struct tcb *tcb)
{
	return tcb->urgent && !tcb_has_urgent(tcb) && !tcb->urgent_in_line &&
	       !tcb->peer_fin_taken && !tcb->receive_shut && tcb->ahead_count == 0;
}

static bool urgent_never_came(const struct tcb *tcb)
{
	return tcb->urgent && !tcb_has_urgent(tcb) && !tcb->urgent_in_line &&
	       (tcb->peer_fin_taken || tcb->receive_shut);
}

static bool no_urgent(const struct tcb *tcb)
{
	return !tcb->urgent || tcb->urgent_taken || tcb->urgent_in_line;
}

static bool at_mark(const struct tcb *tcb)
{
	return tcb->urgent && tcb->copied == tcb->urgent_at;
}

static bool not_at_mark(const struct tcb *tcb)
{
	return !at_mark(tcb);
}

static bool knows_stream(const struct tcb *tcb)
{
	return tcb->receive_known && !tcb->urgent;
}

static bool may_send(const struct tcb *tcb)
{
	return !tcb->close_called;
}

static bool send_shut(const struct tcb *tcb)
{
	return tcb->close_called;
}

static bool was_refused(const struct tcb *tcb)
{
	return tcb->was_reset && !tcb->syn_received;
}

static bool was_reset(const struct tcb *tcb)
{
	return tcb->was_reset;
}

static bool timed_out(const struct tcb *tcb)
{
	return tcb->timed_out;
}

static bool was_aborted(const struct tcb *tcb)
{
	return tcb->aborted;
}

static bool aborted_and_shut(const struct tcb *tcb)
{
	return tcb->aborted && tcb->receive_shut;
}

/* An error waits until some call tells it. */
static bool reset_waits(const struct tcb *tcb)
{
	return tcb->was_reset && !tcb->told && tcb->syn_received;
}

static bool refusal_waits(const struct tcb *tcb)
{
	return was_refused(tcb) && !tcb->told;
}

static bool timeout_waits(const struct tcb *tcb)
{
	return tcb->timed_out && !tcb->told;
}

static bool reset_in_close_wait(const struct tcb *tcb)
{
	return tcb->was_reset && tcb->reset_waiting;
}

static bool told_of_reset(const struct tcb *tcb)
{
	return tcb->was_reset && (tcb->told || tcb->reset_waiting || tcb->reset_quiet);
}

static bool told_of_timeout(const struct tcb *tcb)
{
	return tcb->timed_out && tcb->told;
}

static bool told_of_refusal(const struct tcb *tcb)
{
	return was_refused(tcb) && tcb->told;
}

/* Where the peer's FIN was before, a program is at the end whatever comes behind it. */
static bool reset_at_end(const struct tcb *tcb)
{
	return tcb->was_reset && (tcb->told || tcb->peer_fin_taken || tcb->receive_shut);
}

static bool timed_out_at_end(const struct tcb *tcb)
{
	return tcb->timed_out && (tcb->told || tcb->peer_fin_taken || tcb->receive_shut);
}

static bool no_error(const struct tcb *tcb)
{
	return tcb->reset_quiet ||
	       (!reset_waits(tcb) && !refusal_waits(tcb) && !timeout_waits(tcb));
}

/* ---- the effects of the rows ---- */

static void forget(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	tcb->receiver_gone = tcb->aborted = true; /* "error: closing" */
	tcb_delete(tcb, now);
}

static void shut_receive(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)now, (void)known;
	tcb->receive_shut = true;
}

static void shut_send(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)known;
	tcb->close_called = true;
	if (tcb->state == STATE_ESTABLISHED)
		tcb_enter(tcb, STATE_FIN_WAIT_1, now);
	else if (tcb->state == STATE_CLOSE_WAIT)
		tcb_enter(tcb, STATE_LAST_ACK, now);
}

static void shut_both(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	shut_receive(tcb, now, known);
	shut_send(tcb, now, known);
}

static void close_both(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	tcb->receiver_gone = true;
	shut_send(tcb, now, known);
	if (tcb->state == STATE_SYN_RECV)
		tcb_enter(tcb, STATE_FIN_WAIT_1, now);
	else if (tcb->state == STATE_FIN_WAIT_2)
		tcb->since = now; /* from now on the time in FIN-WAIT-2 is limited */
}

static void give_back(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	(void)now, (void)known;
	tcb->receiver_gone = true;
}

/* The descriptor has no part in TIME-WAIT any more. */
static void detach(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	give_back(tcb, now, known);
	tcb->aborted = true;
}

/*
 * DEPARTURE_ABORT_IN_WINDOW: when the peer's window ends before SND.NXT, the RST has the number
 * where it ends.
 */
static uint32_t first_of_abort(const struct tcb *tcb, const struct model_circumstances *known)
{
	uint8_t shift = tcb->send_scale < tcb->receive_scale ? tcb->send_scale : tcb->receive_scale;
	uint32_t unit = tcb_agreed(tcb, OFFER_SCALE) ? 1u << shift : 1;

	if (known->mode != MODEL_LINUX)
		return tcb->snd_nxt;
	/* What the scale rounds off does not take the window back. */
	if (tcb->heard && known->arrivals_known && seq_before(tcb->snd_nxt, tcb->snd_end + unit))
		return tcb->snd_nxt;
	return tcb->snd_una;
}

static void abort_now(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	tcb->receiver_gone = true;
	/* What a descriptor says that was taken off it is open, when an error waited before. */
	tcb->detached |= !tcb->told && (tcb->was_reset || tcb->timed_out);
	tcb->aborted = true;
	tcb->was_reset = tcb->timed_out = false;
	tcb->copied = tcb->rcv_nxt - (tcb->peer_fin_taken ? 1 : 0); /* what was queued is flushed */
	tcb_abort(tcb, first_of_abort(tcb, known), now,
	          known->arrivals_known ? now + known->slack : USEC_FOREVER);
}

/* A RST may be sent, but need not be. */
static void abort_linger2(struct tcb *tcb, usec_t now, const struct model_circumstances *known)
{
	tcb->receiver_gone = true;
	tcb_abort(tcb, first_of_abort(tcb, known), now, USEC_FOREVER);
}

/* ---- the rules ---- */

#define CL IN(CLOSED)
#define SS IN(SYN_SENT)
#define SR IN(SYN_RECV)
#define CW IN(CLOSE_WAIT)
#define LA IN(LAST_ACK)
#define CG IN(CLOSING)
#define TW IN(TIME_WAIT)
#define F2 IN(FIN_WAIT_2)
#define OPEN_STATES (OTHER_STATES & ~TW)

#define K(kind) (1u << CALL_##kind)
#define SECTION(step) "RFC 9293 " step

/* clang-format off */
const struct call_effect call_effects[] = {
	/* 3.10.4 CLOSE, in its order of states; close(2) also ends RECEIVE (3.6.1) */
	{ { "close-syn-sent", SECTION("3.10.4, SYN-SENT"), "the connection is deleted", 0 },
	  K(CLOSE) | K(SHUT_READ) | K(SHUT_WRITE) | K(SHUT_BOTH), SS, NULL, false, forget },
	{ { "close-unread", SECTION("3.6.1, SHLD-3"), "a close with text that was not read sends RST", 0 },
	  K(CLOSE), OTHER_STATES & ~(CG | LA | TW), has_unread, true, abort_now },
	{ { "close-linger2", SECTION("3.10.4, FIN-WAIT-2"), "with TCP_LINGER2 below 0 a close sends RST", DEPARTURE_LINGER2 },
	  K(CLOSE), F2, NULL, true, abort_linger2 },
	{ { "close-unread-closing", SECTION("3.6.1, SHLD-3"), "a close with text that was not read sends RST, also after both FINs", DEPARTURE_ABORT_WHEN_CLOSING },
	  K(CLOSE), CG | LA, has_unread, true, abort_now },
	{ { "close", SECTION("3.10.4"), "what was sent goes out, and then a FIN", 0 },
	  K(CLOSE), OPEN_STATES, NULL, false, close_both },
	{ { "close-time-wait", SECTION("3.10.4, TIME-WAIT"), "nothing changes", 0 },
	  K(CLOSE), TW | CL, NULL, false, give_back },
	{ { "shutdown-write", "shutdown(2), and " SECTION("3.10.4"), "what was sent goes out, and then a FIN", 0 },
	  K(SHUT_WRITE), OPEN_STATES, NULL, false, shut_send },
	{ { "shutdown-both", "shutdown(2), and " SECTION("3.10.4"), "what was sent goes out, and then a FIN", 0 },
	  K(SHUT_BOTH), OPEN_STATES, NULL, false, shut_both },
	{ { "shutdown-read", "shutdown(2)", "nothing more is received", 0 },
	  K(SHUT_READ), OPEN_STATES, NULL, false, shut_receive },
	/* 3.10.5 ABORT */
	{ { "abort-time-wait", SECTION("3.10.5, TIME-WAIT"), "an abort leaves TIME-WAIT as it is", DEPARTURE_ABORT_KEEPS_TIME_WAIT },
	  K(ABORT) | K(LINGER), TW, NULL, true, detach },
	{ { "close-unread-linger", SECTION("3.6.1, SHLD-3"), "a close with text that was not read sends RST", 0 },
	  K(LINGER), OTHER_STATES & ~TW, has_unread, false, abort_now },
	{ { "close-linger-read", SECTION("3.10.5") ", and socket(7), SO_LINGER", "a RST is sent, and the connection deleted", 0 },
	  K(LINGER), OTHER_STATES & ~TW, has_received, false, abort_now },
	{ { "close-linger", SECTION("3.10.5") ", and socket(7), SO_LINGER", "a RST is sent, and the connection deleted", 0 },
	  K(LINGER), OTHER_STATES & ~TW, NULL, false, abort_now },
	{ { "abort", SECTION("3.10.5"), "a RST is sent, and the connection deleted", 0 },
	  K(ABORT) | K(LINGER), ANY_STATE, NULL, false, abort_now },
};

const struct call_result call_results[] = {
	/* 3.10.2 SEND */
	{ { "send", SECTION("3.10.2, ESTABLISHED and CLOSE-WAIT"), "text is taken to be sent", 0 },
	  K(SEND), IN(ESTABLISHED) | CW, may_send, OUTCOME_COUNT, 0 },
	{ { "send-full", "send(2)", "without room there is EAGAIN", 0 },
	  K(SEND), IN(ESTABLISHED) | CW | SS | SR, may_send, OUTCOME_ERROR, EAGAIN },
	{ { "send-early", SECTION("3.10.2, SYN-SENT and SYN-RECEIVED"), "text is queued", 0 },
	  K(SEND), SS | SR, may_send, OUTCOME_COUNT, 0 },
	{ { "send-shut", "send(2), and " SECTION("3.10.2, FIN-WAIT-1 ..."), "after its own FIN a program gets EPIPE", 0 },
	  K(SEND), SYNCHRONIZED, send_shut, OUTCOME_ERROR, EPIPE },
	{ { "send-reset", SECTION("3.10.7.4, second"), "after a RST a program is told of it", 0 },
	  K(SEND), CL, was_reset, OUTCOME_ERROR, ECONNRESET },
	{ { "send-reset-pipe", "send(2)", "after a RST a program gets EPIPE, once it was told", 0 },
	  K(SEND), CL, told_of_reset, OUTCOME_ERROR, EPIPE },
	{ { "send-timed-out", SECTION("3.10.8, USER TIMEOUT"), "a program is told of the timeout", 0 },
	  K(SEND), CL, timed_out, OUTCOME_ERROR, ETIMEDOUT },
	{ { "send-timed-out-pipe", "send(2)", "afterwards a program gets EPIPE", 0 },
	  K(SEND), CL, told_of_timeout, OUTCOME_ERROR, EPIPE },

	/* 3.10.3 RECEIVE */
	{ { "receive", SECTION("3.10.3"), "text that is there is returned", 0 },
	  K(RECEIVE), SYNCHRONIZED | SR | CL, has_readable, OUTCOME_COUNT, 0 },
	{ { "receive-end", "recv(2), and " SECTION("3.10.3, CLOSE-WAIT"), "after the peer's FIN a program gets 0", 0 },
	  K(RECEIVE), FIN_RECEIVED, at_end, OUTCOME_ZERO, 0 },
	{ { "receive-shut", "shutdown(2)", "after SHUT_RD a program gets 0", 0 },
	  K(RECEIVE), SYNCHRONIZED, receive_shut, OUTCOME_ZERO, 0 },
	{ { "receive-wait", "recv(2)", "where nothing is there yet a program waits, or gets EAGAIN", 0 },
	  K(RECEIVE), SR | SS | RECEIVING, nothing_yet, OUTCOME_ERROR, EAGAIN },
	{ { "receive-reset", SECTION("3.10.7.4, second"), "after a RST a program is told of it", 0 },
	  K(RECEIVE), CL, was_reset, OUTCOME_ERROR, ECONNRESET },
	{ { "receive-reset-end", "recv(2)", "once it was told, or at the end, a program gets 0", 0 },
	  K(RECEIVE), CL, reset_at_end, OUTCOME_ZERO, 0 },
	{ { "receive-refused", "connect(2), and " SECTION("3.10.7.3, second"), "a program is told that its SYN was refused", 0 },
	  K(RECEIVE) | K(SEND), CL, was_refused, OUTCOME_ERROR, ECONNREFUSED },
	{ { "receive-unconnected", "recv(2)", "once it was told there is ENOTCONN", 0 },
	  K(RECEIVE), CL, told_of_refusal, OUTCOME_ERROR, ENOTCONN },
	{ { "receive-timed-out", SECTION("3.10.8, USER TIMEOUT"), "a program is told of the timeout", 0 },
	  K(RECEIVE), CL, timed_out, OUTCOME_ERROR, ETIMEDOUT },
	{ { "receive-timed-out-end", "recv(2)", "once it was told, or at the end, a program gets 0", 0 },
	  K(RECEIVE), CL, timed_out_at_end, OUTCOME_ZERO, 0 },

	/* Urgent data (3.8.5), of which Linux keeps a byte */
	{ { "urgent-byte", "recv(2), MSG_OOB, and tcp(7)", "the urgent byte is returned", 0 },
	  K(URGENT), OPEN_STATES & ~SR, urgent_waits, OUTCOME_ONE, 0 },
	{ { "urgent-not-yet", "recv(3p), EAGAIN", "there is EAGAIN while the urgent byte is on its way", 0 },
	  K(URGENT), OPEN_STATES & ~SR, urgent_on_its_way, OUTCOME_ERROR, EAGAIN },
	{ { "urgent-end", "recv(2)", "at the end there is 0", 0 },
	  K(URGENT), OPEN_STATES & ~SR, urgent_never_came, OUTCOME_ZERO, 0 },
	{ { "urgent-none", "recv(3p), EINVAL, and socket(7), SO_OOBINLINE", "without an urgent byte, and once it was taken, there is EINVAL", 0 },
	  K(URGENT), OPEN_STATES & ~SR, no_urgent, OUTCOME_ERROR, EINVAL },
	{ { "at-mark", "tcp(7), SIOCATMARK", "the stream is at the urgent mark", 0 },
	  K(AT_MARK), OPEN_STATES & ~SR, at_mark, OUTCOME_ONE, 0 },
	{ { "not-at-mark", "tcp(7), SIOCATMARK", "the stream is not at the urgent mark", 0 },
	  K(AT_MARK), OPEN_STATES & ~SR, not_at_mark, OUTCOME_ZERO, 0 },
	{ { "queued", "tcp(7), SIOCINQ", "it is what was received and not read", 0 },
	  K(QUEUED), OPEN_STATES & ~SR, knows_stream, OUTCOME_COUNT, 0 },

	/* A descriptor that a connection was taken off */
	{ { "receive-aborted", "recv(2), and connect(2), AF_UNSPEC", "without a connection there is ENOTCONN", 0 },
	  K(RECEIVE), CL, was_aborted, OUTCOME_ERROR, ENOTCONN },
	{ { "receive-aborted-shut", "recv(2), and shutdown(2)", "after SHUT_RD a program gets 0", 0 },
	  K(RECEIVE), CL, aborted_and_shut, OUTCOME_ZERO, 0 },
	{ { "receive-aborted-reset", SECTION("3.10.5"), "a program is told that the connection was reset", 0 },
	  K(RECEIVE) | K(SEND), CL, was_aborted, OUTCOME_ERROR, ECONNRESET },
	{ { "send-aborted", "send(2)", "without a connection there is EPIPE", 0 },
	  K(SEND), CL, was_aborted, OUTCOME_ERROR, EPIPE },
	{ { "send-aborted-unconnected", "send(2)", "without a connection there is ENOTCONN", 0 },
	  K(SEND), CL, was_aborted, OUTCOME_ERROR, ENOTCONN },

	/* getsockopt(2), socket(7): SO_ERROR */
	{ { "error-reset", SECTION("3.10.7.4, second") ", and socket(7), SO_ERROR", "a RST is told", 0 },
	  K(ERROR), CL, reset_waits, OUTCOME_VALUE, ECONNRESET },
	{ { "error-reset-close-wait", "socket(7), SO_ERROR", "a RST in CLOSE-WAIT is told as EPIPE", DEPARTURE_RESET_IN_CLOSE_WAIT },
	  K(ERROR), CL, reset_in_close_wait, OUTCOME_VALUE, EPIPE },
	{ { "error-refused", "connect(2), and socket(7), SO_ERROR", "a refusal is told", 0 },
	  K(ERROR), CL, refusal_waits, OUTCOME_VALUE, ECONNREFUSED },
	{ { "error-timed-out", SECTION("3.10.8, USER TIMEOUT") ", and socket(7), SO_ERROR", "a timeout is told", 0 },
	  K(ERROR), CL, timeout_waits, OUTCOME_VALUE, ETIMEDOUT },
	{ { "error-none", "socket(7), SO_ERROR", "no error waits", 0 },
	  K(ERROR), ANY_STATE, no_error, OUTCOME_VALUE, 0 },
	{ { "error-aborted", SECTION("3.10.5") ", and socket(7), SO_ERROR", "an abort is told as a reset", 0 },
	  K(ERROR), CL, was_aborted, OUTCOME_VALUE, ECONNRESET },

	/* shutdown(2), close(2) */
	{ { "shutdown-result", "shutdown(2)", "a connection that is open can be shut down", 0 },
	  K(SHUT_READ) | K(SHUT_WRITE) | K(SHUT_BOTH), OPEN_STATES, NULL, OUTCOME_ZERO, 0 },
	{ { "shutdown-syn-sent", SECTION("3.10.4, SYN-SENT"), "the connection is deleted", 0 },
	  K(SHUT_READ) | K(SHUT_WRITE) | K(SHUT_BOTH), SS, NULL, OUTCOME_ZERO, 0 },
	{ { "shutdown-unconnected", "shutdown(2)", "where there is no connection there is ENOTCONN", 0 },
	  K(SHUT_READ) | K(SHUT_WRITE) | K(SHUT_BOTH), CL | TW | SS, NULL, OUTCOME_ERROR, ENOTCONN },
	{ { "close-result", "close(2)", "close returns 0", 0 },
	  K(CLOSE), ANY_STATE, NULL, OUTCOME_ZERO, 0 },
};
/* clang-format on */
const size_t call_effect_count = sizeof(call_effects) / sizeof(call_effects[0]);
const size_t call_result_count = sizeof(call_results) / sizeof(call_results[0]);

size_t call_apply(const struct tcb *tcb, const struct call *call, usec_t now,
                  const struct model_circumstances *circumstances, struct tcb *after, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < call_effect_count; i++) {
		const struct call_effect *row = &call_effects[i];

		if (!(row->kinds & 1u << call->kind) || !tcb_in(tcb, row->states) ||
		    !rule_holds(&row->rule, circumstances) || (row->when && !row->when(tcb)))
			continue;
		transition_note(circumstances->taken, TRANSITION_CALL, i, tcb->state);
		if (count < room) {
			after[count] = *tcb;
			counters_apply(&after[count].counted, &row->rule,
			               (enum tcp_state)tcb->state,
			               !tcb->contradicted && !tcb->beyond && !tcb->urgent);
			row->effect(&after[count], now, circumstances);
		}
		count++;
		if (!row->open)
			return count;
	}
	if (count < room)
		after[count] = *tcb;
	return count + 1;
}

static bool as_said(const struct call_result *row, const struct tcb *tcb, const struct call *call)
{
	switch (row->outcome) {
	case OUTCOME_ZERO:
		return call->result == 0;
	case OUTCOME_ONE:
		return call->result == 1 ||
		       (call->result == 0 && call->asked == CALL_ASKED_UNKNOWN);
	case OUTCOME_COUNT:
		if (call->kind == CALL_QUEUED)
			return call->result == tcb_unread(tcb);
		if (call->result == 0)
			return call->asked == 0;
		return call->result > 0 && (!call->asked || call->result <= call->asked) &&
		       (call->kind != CALL_RECEIVE || call->result <= tcb_readable(tcb));
	case OUTCOME_ERROR:
		return call->result == -1 && call->error == row->error;
	case OUTCOME_VALUE:
		return call->error == row->error;
	}
	return false;
}

/* Does it fail with the error of a connection that has ended? Then none waits any more. */
static bool tells_end(const struct call *call)
{
	return call->result < 0 && (call->error == ECONNRESET || call->error == ECONNREFUSED ||
	                            call->error == ETIMEDOUT || call->error == EPIPE);
}

/* What was read and written. */
static void take_result(struct tcb *tcb, const struct call *call)
{
	bool nothing = call->result < 0 && call->error == EAGAIN;

	if (call->kind == CALL_RECEIVE && (call->result >= 0 || nothing) && !call->keeps &&
	    tcb->receive_known)
		tcb_read(tcb, nothing ? 0 : (uint32_t)call->result);
	if (call->kind == CALL_URGENT && call->result == 1 && !call->keeps)
		tcb->urgent_taken = true;
	if (call->kind != CALL_SEND || call->result <= 0)
		return;
	tcb->written += (uint32_t)call->result;
	if (call->urgent) {
		tcb->urging = true;
		tcb->urge_end = tcb->iss + 1 + tcb->written;
	}
}

static const struct rule accepted_rule = {
	"accepted",
	"listen(2), backlog",
	"accept returns connections whose handshake is over",
	DEPARTURE_NONE,
};

const struct rule *call_judge(struct tcb *tcb, const struct call *call,
                              const struct model_circumstances *circumstances)
{
	const struct rule *wanted = NULL;

	if (call->kind == CALL_CONNECT || call->aside)
		tcb->told |= tells_end(call);
	if (call->accepted && tcb->state == STATE_SYN_RECV && tcb->passive && !tcb->fast_open)
		return &accepted_rule;
	/* A descriptor that was taken off TIME-WAIT has no connection. */
	if (tcb->aborted && tcb->state == STATE_TIME_WAIT)
		return NULL;
	if (call->aside || tcb->detached || (call->waited && tcb->aborted)) {
		tcb->told |= tcb->detached && (call->kind == CALL_ERROR || tells_end(call));
		return NULL;
	}
	/* It took some text before the connection ended (write(2)). */
	if (call->waited && call->kind == CALL_SEND && call->result > 0 &&
	    tcb->state == STATE_CLOSED)
		return NULL;
	/* An ICMP error is told in its place. */
	if (tcb->soft_error && (call->kind == CALL_ERROR || tcb->state == STATE_CLOSED)) {
		tcb->told |= tcb->state == STATE_CLOSED;
		return NULL;
	}
	bool reads = call->kind == CALL_RECEIVE || call->kind == CALL_URGENT ||
	             call->kind == CALL_AT_MARK || call->kind == CALL_QUEUED;

	if (reads && (call->asked == 0 || tcb->contradicted)) {
		tcb->told |= tells_end(call);
		return NULL;
	}
	for (size_t i = 0; i < call_result_count; i++) {
		const struct call_result *row = &call_results[i];

		if (!(row->kinds & 1u << call->kind) || !tcb_in(tcb, row->states) ||
		    !rule_holds(&row->rule, circumstances) || (row->when && !row->when(tcb)))
			continue;
		if (as_said(row, tcb, call)) {
			take_result(tcb, call);
			if (row->kinds & (K(SEND) | K(RECEIVE) | K(ERROR)) &&
			    (call->result < 0 || call->kind == CALL_ERROR))
				tcb->told |= tcb->state == STATE_CLOSED;
			/*
			 * Though it fails, it ends what can be received (shutdown(2) does not say).
			 */
			if (row->kinds & (K(SHUT_READ) | K(SHUT_BOTH)) && tcb->aborted)
				tcb->receive_shut = true;
			return NULL;
		}
		if (!wanted)
			wanted = &row->rule;
	}
	return wanted;
}
