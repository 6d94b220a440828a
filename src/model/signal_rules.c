#include "model/signal_rules.h"

enum { LITTLE = 500 }; /* bytes, far from what any buffer has */

static bool is_readable(const struct tcb *tcb)
{
	return tcb->receive_known && tcb_readable(tcb) > 0;
}

static bool has_program(const struct tcb *tcb)
{
	return !tcb->receiver_gone && !tcb->aborted && !tcb->contradicted;
}

/* In CLOSING and LAST-ACK nobody need be told of a RST (RFC 9293 3.10.7.4). */
static bool was_just_reset(const struct tcb *before, const struct tcb *after)
{
	return after->was_reset && !before->was_reset && !after->reset_quiet;
}

static unsigned raised_surely(const struct tcb *before, const struct tcb *after)
{
	bool ended = after->peer_fin_taken && !before->peer_fin_taken;
	unsigned raised = 0;

	if (!has_program(before) || before->receive_shut || after->contradicted)
		return 0;
	if (is_readable(after) && !is_readable(before) && !after->urgent)
		raised |= SIGNAL_INPUT;
	if (ended && after->state != STATE_CLOSED)
		raised |= after->close_called ? SIGNAL_HANG_UP : SIGNAL_INPUT;
	if (was_just_reset(before, after))
		raised |= SIGNAL_ERROR;
	if (before->state == STATE_SYN_SENT && after->state == STATE_ESTABLISHED)
		raised |= SIGNAL_OUTPUT;
	if (after->urgent && !before->urgent)
		raised |= SIGNAL_PRIORITY;
	return raised;
}

/* Room that there was before is no news, and after its own FIN a program needs none. */
static bool may_make_room(const struct tcb *before)
{
	return before->state == STATE_SYN_SENT || before->state == STATE_SYN_RECV ||
	       (!before->close_called && tcb_unacknowledged(before) >= LITTLE);
}

/* Two that are raised in one moment are one, and tell one reason (signal(7)). */
static unsigned told_surely(unsigned raised, const struct tcb *before)
{
	bool alone = (raised & (raised - 1)) == 0 && !may_make_room(before);

	return alone || raised == SIGNAL_OUTPUT ? raised : 0;
}

void signals_arrived(const struct tcb *before, struct tcb *after)
{
	unsigned raised = raised_surely(before, after);

	after->raised |= (uint8_t)told_surely(raised, before);
	if (raised & SIGNAL_PRIORITY)
		after->raised |= SIGNAL_URGENT;
	after->may_raise |= SIGNAL_INPUT | SIGNAL_PRIORITY | SIGNAL_URGENT | SIGNAL_ERROR;
	if (may_make_room(before))
		after->may_raise |= SIGNAL_OUTPUT;
	if (after->close_called || after->receive_shut || after->state == STATE_CLOSED)
		after->may_raise |= SIGNAL_HANG_UP;
}

void signals_unknown(struct tcb *tcb)
{
	tcb->may_raise = SIGNAL_ANY;
}

/* clang-format off */
static const struct {
	struct rule rule;
	unsigned reasons;
	bool must;
} signal_rules[] = {
	{ { "signal-input", "fcntl(2), O_ASYNC, and sigaction(2), POLL_IN", "a signal tells that text, or the end of it, can be read", 0 },
	  SIGNAL_INPUT, true },
	{ { "signal-output", "fcntl(2), O_ASYNC, and sigaction(2), POLL_OUT", "a signal tells that a connection is open, so it can be written", 0 },
	  SIGNAL_OUTPUT, true },
	{ { "signal-error", "fcntl(2), O_ASYNC, and sigaction(2), POLL_ERR", "a signal tells of an error", 0 },
	  SIGNAL_ERROR, true },
	{ { "signal-priority", "fcntl(2), O_ASYNC, and sigaction(2), POLL_PRI", "a signal tells of an urgent byte", 0 },
	  SIGNAL_PRIORITY, true },
	{ { "signal-hang-up", "fcntl(2), O_ASYNC, and sigaction(2), POLL_HUP", "a signal tells that both halves have ended", 0 },
	  SIGNAL_HANG_UP, true },
	{ { "signal-urgent", "fcntl(2), F_SETOWN, and tcp(7), SIGURG", "SIGURG tells of urgent data", 0 },
	  SIGNAL_URGENT, true },
	{ { "signal-no-input", "fcntl(2), O_ASYNC", "nothing has come that could be read", 0 },
	  SIGNAL_INPUT, false },
	{ { "signal-no-output", "fcntl(2), O_ASYNC", "output has not become possible: it was so before, or is not any more", 0 },
	  SIGNAL_OUTPUT, false },
	{ { "signal-no-error", "fcntl(2), O_ASYNC", "nothing has come that could be an error", 0 },
	  SIGNAL_ERROR, false },
	{ { "signal-no-priority", "fcntl(2), O_ASYNC", "nothing urgent has come", 0 },
	  SIGNAL_PRIORITY, false },
	{ { "signal-no-hang-up", "fcntl(2), O_ASYNC, and sigaction(2), POLL_HUP", "one half is open", 0 },
	  SIGNAL_HANG_UP, false },
	{ { "signal-not-urgent", "tcp(7), SIGURG", "nothing urgent has come", 0 },
	  SIGNAL_URGENT, false },
};
/* clang-format on */

const struct rule *signal_judge(struct tcb *tcb, unsigned reasons, bool came)
{
	unsigned may = tcb->may_raise | tcb->raised;

	for (size_t i = 0; i < sizeof(signal_rules) / sizeof(signal_rules[0]); i++) {
		if (!(signal_rules[i].reasons & reasons))
			continue;
		if (signal_rules[i].must ? !came && tcb->raised & signal_rules[i].reasons
		                         : came && !(may & reasons))
			return &signal_rules[i].rule;
	}
	tcb->raised &= (uint8_t)~reasons;
	tcb->may_raise &= (uint8_t)~reasons;
	return NULL;
}
