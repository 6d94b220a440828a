#include "model/icmp_rules.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>

#include "model/rule.h"

#define SS IN(SYN_SENT)
#define SR IN(SYN_RECV)
#define TW IN(TIME_WAIT)
#define OPEN_STATES (SYNCHRONIZED & ~TW)

/* ---- the conditions of the rows ---- */

/* SND.NXT itself has not been sent, and is let pass by some. */
static bool is_outside(const struct tcb *tcb, const struct segment *segment)
{
	return tcb->send_known &&
	       !seq_within(tcb->snd_una, segment->icmp.quote.sequence, tcb->snd_nxt);
}

static bool is_quench(const struct tcb *tcb, const struct segment *segment)
{
	(void)tcb;
	return segment->protocol == IPPROTO_ICMP && segment->icmp.type == ICMP_SOURCE_QUENCH;
}

/* "2-4 are hard error conditions" (RFC 1122 4.2.3.9); those of ICMPv6 say the same. */
static bool is_hard(const struct tcb *tcb, const struct segment *segment)
{
	uint8_t code = segment->icmp.code;

	(void)tcb;
	if (segment->protocol == IPPROTO_ICMPV6)
		return segment->icmp.type == ICMP6_DST_UNREACH &&
		       (code == ICMP6_DST_UNREACH_NOPORT || code == ICMP6_DST_UNREACH_ADMIN);
	return segment->icmp.type == ICMP_DEST_UNREACH &&
	       (code == ICMP_PROT_UNREACH || code == ICMP_PORT_UNREACH);
}

static bool is_request(const struct tcb *tcb, const struct segment *segment)
{
	(void)segment;
	return tcb->passive;
}

/* ---- the effects of the rows ---- */

/* Which error a program is told is open. */
static void fail(struct tcb *tcb, usec_t now)
{
	tcb->was_reset = tcb->detached = true;
	tcb_delete(tcb, now);
}

static void forget(struct tcb *tcb, usec_t now)
{
	tcb_delete(tcb, now);
}

/* SO_ERROR tells it, and a timeout that it takes back begins again (RFC 6069). */
static void note_soft(struct tcb *tcb, usec_t now)
{
	(void)now;
	tcb->soft_error = true;
	tcb->gap = 0;
	tcb->repeats = 0;
}

/* ---- the rules ---- */

struct icmp_rule {
	struct rule rule;
	unsigned states;
	bool (*when)(const struct tcb *tcb, const struct segment *segment);
	bool open; /* the row may be applied, or those below: both are right */
	void (*effect)(struct tcb *tcb, usec_t now);
};

#define SECTION(step) "RFC 9293 " step

/* clang-format off */
static const struct icmp_rule icmp_rules[] = {
	{ { "icmp-quench", SECTION("3.9.2.2, MUST-55") ", and RFC 6633 5.1", "a source quench is discarded silently", 0 },
	  ANY_STATE, is_quench, false, NULL },
	{ { "icmp-outside", "RFC 5927 4.1", "an error about a segment that is not in flight is ignored", 0 },
	  SS | SR | OPEN_STATES, is_outside, false, NULL },
	{ { "icmp-request", "RFC 5461 4.1", "an error may end a half-open connection", 0 },
	  SR, is_request, true, forget },
	{ { "icmp-request-stays", "RFC 5461 4.1", "... or leave it as it is", 0 },
	  SR, is_request, false, NULL },
	{ { "icmp-connect-hard", SECTION("3.9.2.2, SHLD-26"), "a hard error aborts a connection that is being opened", 0 },
	  SS, is_hard, false, fail },
	{ { "icmp-connect-soft", "RFC 5461 4.1", "other errors may abort it, too", 0 },
	  SS | SR, NULL, true, fail },
	{ { "icmp-soft", SECTION("3.9.2.2, MUST-56") ", and RFC 5927 5.2", "an error does not end a connection that is open; the program may be told of it", 0 },
	  SS | SR | OPEN_STATES, NULL, false, note_soft },
	{ { "icmp-time-wait", "RFC 9293 3.6.1, MUST-13", "an error does not end TIME-WAIT", 0 },
	  TW, NULL, false, NULL },
};
/* clang-format on */
size_t icmp_apply(const struct tcb *tcb, const struct segment *segment, usec_t now,
                  const struct model_circumstances *circumstances, struct tcb *after, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(icmp_rules) / sizeof(icmp_rules[0]); i++) {
		const struct icmp_rule *row = &icmp_rules[i];

		if (!tcb_in(tcb, row->states) || !rule_holds(&row->rule, circumstances) ||
		    (row->when && !row->when(tcb, segment)))
			continue;
		if (count < room) {
			after[count] = *tcb;
			counters_apply(&after[count].counted, &row->rule,
			               (enum tcp_state)tcb->state, !tcb->receiver_gone);
			if (row->effect)
				row->effect(&after[count], now);
		}
		count++;
		if (!row->open)
			return count;
	}
	if (count < room)
		after[count] = *tcb;
	return count + 1;
}
