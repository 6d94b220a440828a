#include "model/poll_rules.h"

#include <poll.h>

enum { LITTLE = 500, FEW = 8 }; /* bytes, segments */

static bool has_unread(const struct tcb *tcb)
{
	return tcb->receive_known && tcb_readable(tcb) > 0;
}

static bool at_end(const struct tcb *tcb)
{
	return tcb->peer_fin_taken || tcb->receive_shut;
}

static bool read_ended(const struct tcb *tcb)
{
	return at_end(tcb) && !tcb->aborted;
}

static bool both_ended(const struct tcb *tcb)
{
	return at_end(tcb) && tcb->close_called;
}

static bool not_both_ended(const struct tcb *tcb)
{
	return !both_ended(tcb);
}

static bool nothing_to_read(const struct tcb *tcb)
{
	return !has_unread(tcb) && !at_end(tcb);
}

static bool was_ended(const struct tcb *tcb)
{
	return tcb->was_reset || tcb->timed_out;
}

static bool error_waits(const struct tcb *tcb)
{
	return was_ended(tcb) && !tcb->told && !tcb->reset_quiet;
}

/* The queue of MSG_ZEROCOPY, and of IP_RECVERR, is told in the same way. */
static bool knows_errors(const struct tcb *tcb)
{
	return !tcb->error_queue;
}

/*
 * Far from what any buffer has. It counts what a segment costs, too (socket(7), SO_SNDBUF), and for
 * a peer with a window of a byte each byte is a segment.
 */
static bool has_room(const struct tcb *tcb)
{
	uint32_t unacked = tcb_unacknowledged(tcb);

	return !tcb->close_called && tcb->send_known && unacked < LITTLE &&
	       unacked / FEW <= tcb->max_window;
}

static bool send_ended(const struct tcb *tcb)
{
	return tcb->close_called;
}

static bool urgent_waits(const struct tcb *tcb)
{
	return tcb_has_urgent(tcb) && !tcb->urgent_taken;
}

static bool no_urgent(const struct tcb *tcb)
{
	return !tcb->urgent || tcb->urgent_taken || (!tcb_has_urgent(tcb) && !tcb->ahead_count);
}

static bool still_connects(const struct tcb *tcb)
{
	return !tcb->fast_open && !tcb->close_called && !tcb->receive_shut && !has_unread(tcb);
}

#define OPEN_STATES (SYNCHRONIZED & ~IN(TIME_WAIT))

/* clang-format off */
const struct poll_rule poll_rules[] = {
	{ { "poll-text", "poll(2), POLLIN", "there is text to read", 0 },
	  SYNCHRONIZED, has_unread, POLLIN | POLLRDNORM, 0 },
	{ { "poll-end", "poll(2), POLLIN and POLLRDHUP", "after the peer's FIN, or SHUT_RD, a read returns at once", 0 },
	  SYNCHRONIZED, read_ended, POLLIN | POLLRDNORM | POLLRDHUP, 0 },
	{ { "poll-nothing", "poll(2), POLLIN and POLLRDHUP", "a read would wait", 0 },
	  RECEIVING, nothing_to_read, 0, POLLIN | POLLRDNORM | POLLRDHUP },
	{ { "poll-hung-up", "poll(2), POLLHUP", "both halves have ended", 0 },
	  SYNCHRONIZED | IN(CLOSED), both_ended, POLLHUP, 0 },
	{ { "poll-ended", "poll(2), POLLIN and POLLHUP", "a connection that was reset, or timed out, lets nobody wait", 0 },
	  IN(CLOSED), was_ended, POLLIN | POLLRDNORM | POLLHUP, 0 },
	{ { "poll-error", "poll(2), POLLERR", "an error waits that the program was not told of", 0 },
	  IN(CLOSED), error_waits, POLLERR, 0 },
	{ { "poll-no-error", "poll(2), POLLERR", "no error waits that a program could be told", 0 },
	  OPEN_STATES, knows_errors, 0, POLLERR },
	{ { "poll-room", "poll(2), POLLOUT", "a write would not wait", 0 },
	  IN(ESTABLISHED) | IN(CLOSE_WAIT), has_room, POLLOUT | POLLWRNORM, 0 },
	{ { "poll-sent-end", "poll(2), POLLOUT", "after shutdown a write would return at once", 0 },
	  SYNCHRONIZED & ~IN(TIME_WAIT), send_ended, POLLOUT | POLLWRNORM, 0 },
	{ { "poll-urgent", "poll(2), POLLPRI", "there is urgent data", 0 },
	  OPEN_STATES & ~IN(SYN_RECV), urgent_waits, POLLPRI, 0 },
	{ { "poll-no-urgent", "poll(2), POLLPRI", "there is no urgent data", 0 },
	  OPEN_STATES, no_urgent, 0, POLLPRI },
	{ { "poll-connecting", "connect(2), EINPROGRESS, and poll(2), POLLOUT", "a socket can be written when the handshake is over", 0 },
	  IN(SYN_SENT) | IN(SYN_RECV), still_connects, 0, POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM },
	{ { "poll-open", "poll(2), POLLHUP", "one half is open", 0 },
	  OPEN_STATES, not_both_ended, 0, POLLHUP },
};
/* clang-format on */
const size_t poll_rule_count = sizeof(poll_rules) / sizeof(poll_rules[0]);

const struct rule *poll_judge(const struct tcb *tcb, short events, short revents)
{
	short asked = (short)(events | POLLERR | POLLHUP);

	/* A descriptor that was taken off TIME-WAIT has no connection. */
	if (tcb->contradicted || (tcb->aborted && tcb->state == STATE_TIME_WAIT))
		return NULL;
	for (size_t i = 0; i < poll_rule_count; i++) {
		const struct poll_rule *row = &poll_rules[i];

		if (tcb_in(tcb, row->states) && row->when(tcb) &&
		    ((row->must & asked & ~revents) || (row->must_not & revents)))
			return &row->rule;
	}
	return NULL;
}

/* clang-format off */
static const struct rule listener_ready = {
	"listener-ready", "accept(2), and poll(2), POLLIN",
	"a listener is readable while a connection waits to be accepted", 0
};
static const struct rule listener_quiet = {
	"listener-quiet", "accept(2), and poll(2), POLLIN and POLLOUT",
	"accept() would wait where no connection does, and nothing is ever written to a listener", 0
};
/* clang-format on */

const struct rule *poll_judge_listener(bool waits, bool nobody, short events, short revents)
{
	const short readable = POLLIN | POLLRDNORM, writable = POLLOUT | POLLWRNORM;

	if (waits && readable & events & ~revents)
		return &listener_ready;
	if ((nobody && readable & revents) || writable & revents)
		return &listener_quiet;
	return NULL;
}
