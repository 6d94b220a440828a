#include "model/counter_rules.h"

#include <limits.h>
#include <string.h>

#define IN(state) (1u << STATE_##state)
#define ALL UINT_MAX
#define OPEN                                                                                \
	(IN(ESTABLISHED) | IN(FIN_WAIT_1) | IN(FIN_WAIT_2) | IN(CLOSE_WAIT) | IN(CLOSING) | \
	 IN(LAST_ACK))
#define SNMP "Documentation/networking/snmp_counter.rst, "

/* clang-format off */
const struct counter_rule counter_rules[COUNTERS] = {
	[COUNTER_ACTIVE_OPENS] = { { "ActiveOpens", "RFC 4022, tcpActiveOpens", "what goes from CLOSED to SYN-SENT", 0 },
		IN(CLOSED), IN(SYN_SENT) },
	[COUNTER_ATTEMPT_FAILS] = { { "AttemptFails", "RFC 4022, tcpAttemptFails", "what goes from SYN-SENT or SYN-RECEIVED to CLOSED, or back to LISTEN", 0 },
		IN(SYN_SENT) | IN(SYN_RECV), IN(CLOSED) },
	[COUNTER_ESTAB_RESETS] = { { "EstabResets", "RFC 4022, tcpEstabResets", "what goes from ESTABLISHED or CLOSE-WAIT to CLOSED", 0 },
		IN(ESTABLISHED) | IN(CLOSE_WAIT), IN(CLOSED) },
	[COUNTER_OUT_RSTS] = { { "OutRsts", "RFC 4022, tcpOutRsts", "segments sent with RST", 0 },
		0, 0 },
	[COUNTER_CURR_ESTAB] = { { "CurrEstab", "RFC 4022, tcpCurrEstab", "connections in ESTABLISHED or CLOSE-WAIT", 0 },
		0, 0 },
	[COUNTER_ABORT_ON_CLOSE] = { { "TCPAbortOnClose", SNMP "TcpExtTCPAbortOnClose", "closes with text that was not read", 0 },
		0, 0 },
	[COUNTER_ABORT_ON_DATA] = { { "TCPAbortOnData", SNMP "TcpExtTCPAbortOnData", "closes with SO_LINGER of 0, and text for a program that has closed", 0 },
		0, 0 },
	[COUNTER_ABORT_ON_LINGER] = { { "TCPAbortOnLinger", SNMP "TcpExtTCPAbortOnLinger", "closes in FIN-WAIT-2 with TCP_LINGER2 below 0", 0 },
		0, 0 },
	[COUNTER_ABORT_ON_TIMEOUT] = { { "TCPAbortOnTimeout", SNMP "TcpExtTCPAbortOnTimeout", "connections that a timer has given up", 0 },
		0, 0 },
	[COUNTER_SYN_CHALLENGE] = { { "TCPSYNChallenge", SNMP "TcpExtTCPSYNChallenge", "SYNs that are answered by a challenge ACK", 0 },
		0, 0 },
	[COUNTER_PAWS_ESTAB] = { { "PAWSEstab", SNMP "TcpExtPAWSEstab", "segments that PAWS has dropped in another state than SYN-SENT", 0 },
		0, 0 },
	[COUNTER_EMBRYONIC_RSTS] = { { "EmbryonicRsts", "RFC 4022, and netstat(8), TcpExtEmbryonicRsts", "resets received in SYN-RECEIVED", 0 },
		0, 0 },
	[COUNTER_OUTSIDE_ICMPS] = { { "OutOfWindowIcmps", "RFC 5927 4.1, and netstat(8), TcpExtOutOfWindowIcmps", "ICMP errors about what is not in flight", 0 },
		0, 0 },
};

enum { PERHAPS = false, SURE = true };

/* Which rules move a counter, and in which states. */
static const struct {
	const char *rule;
	unsigned states;
	enum counter counter;
	bool sure;
} counted_rules[] = {
	{ "close-unread",         ALL,                 COUNTER_ABORT_ON_CLOSE,   SURE },
	{ "close-unread-closing", ALL,                 COUNTER_ABORT_ON_CLOSE,   SURE },
	{ "close-unread-linger",  ALL,                 COUNTER_ABORT_ON_CLOSE,   SURE },
	{ "close-unread-linger",  ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "close-linger-read",    ALL,                 COUNTER_ABORT_ON_CLOSE,   PERHAPS },
	{ "close-linger-read",    ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "close-linger",         OPEN,                COUNTER_ABORT_ON_DATA,    SURE },
	{ "close-linger",         ALL & ~OPEN,         COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "abort",                ALL & ~OPEN,         COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "icmp-request",         ALL,                 COUNTER_ATTEMPT_FAILS,    PERHAPS },
	{ "icmp-request",         ALL,                 COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "text-after-close",     ALL,                 COUNTER_ABORT_ON_DATA,    SURE },
	{ "text-over-fin",        ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "fin-behind-gap",       ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "linger2",              ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "linger2-at-edge",      ALL,                 COUNTER_ABORT_ON_DATA,    PERHAPS },
	{ "linger2",              ALL,                 COUNTER_ABORT_ON_LINGER,  PERHAPS },
	{ "linger2-at-edge",      ALL,                 COUNTER_ABORT_ON_LINGER,  PERHAPS },
	{ "close-linger2",        ALL,                 COUNTER_ABORT_ON_LINGER,  SURE },
	{ "user-timeout",         ALL & ~IN(SYN_RECV), COUNTER_ABORT_ON_TIMEOUT, SURE },
	{ "opens-no-longer",      IN(SYN_SENT),        COUNTER_ABORT_ON_TIMEOUT, SURE },
	{ "orphan-probes-end",    ALL,                 COUNTER_ABORT_ON_TIMEOUT, SURE },
	{ "gives-up-early",       ALL & ~IN(SYN_RECV), COUNTER_ABORT_ON_TIMEOUT, SURE },
	{ "user-timeout",         IN(SYN_RECV),        COUNTER_ABORT_ON_TIMEOUT, PERHAPS },
	{ "opens-no-longer",      IN(SYN_RECV),        COUNTER_ABORT_ON_TIMEOUT, PERHAPS },
	{ "gives-up-early",       IN(SYN_RECV),        COUNTER_ABORT_ON_TIMEOUT, PERHAPS },
	{ "syn",                  OPEN,                COUNTER_SYN_CHALLENGE,    SURE },
	{ "syn",                  ALL & ~OPEN,         COUNTER_SYN_CHALLENGE,    PERHAPS },
	{ "unacceptable",         ALL,                 COUNTER_SYN_CHALLENGE,    PERHAPS },
	{ "unacceptable-text",    ALL,                 COUNTER_SYN_CHALLENGE,    PERHAPS },
	{ "no-trim",              ALL,                 COUNTER_SYN_CHALLENGE,    PERHAPS },
	{ "stamp-too-old",        OPEN | IN(SYN_RECV), COUNTER_PAWS_ESTAB,       SURE },
	{ "stamp-too-old",        ALL,                 COUNTER_SYN_CHALLENGE,    PERHAPS },
	{ "stamp-too-old",        IN(TIME_WAIT),       COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "paws-window",          ALL,                 COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "paws-pure-ack",        ALL,                 COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "paws-pure-ack-taken",  ALL,                 COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "miniature-rst-stamp",  ALL,                 COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "syn-received-rst-stamp", ALL,               COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "time-wait-rst-stamp",  ALL,                 COUNTER_PAWS_ESTAB,       PERHAPS },
	{ "rst-exact",            IN(SYN_RECV),        COUNTER_EMBRYONIC_RSTS,   SURE },
	{ "syn-received-syn-rst", ALL,                 COUNTER_ATTEMPT_FAILS,    PERHAPS },
	{ "syn-received-syn-ack-rst", ALL,             COUNTER_ATTEMPT_FAILS,    PERHAPS },
	{ "handshake-ack-reset",  ALL,                 COUNTER_ATTEMPT_FAILS,    PERHAPS },
	{ "syn-received-syn-rst", ALL,                 COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "syn-received-syn-ack-rst", ALL,             COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "syn-received-syn",     ALL,                 COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "rst-at-sack",          ALL,                 COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "handshake-ack-reset",  ALL,                 COUNTER_EMBRYONIC_RSTS,   PERHAPS },
	{ "icmp-outside",         ALL,                 COUNTER_OUTSIDE_ICMPS,    SURE },
	{ "icmp-request",         ALL,                 COUNTER_OUTSIDE_ICMPS,    PERHAPS },
	{ "icmp-request-stays",   ALL,                 COUNTER_OUTSIDE_ICMPS,    PERHAPS },
	{ "icmp-quench",          ALL,                 COUNTER_OUTSIDE_ICMPS,    PERHAPS },
	{ "syn-sent-rst",         ALL,                 COUNTER_ATTEMPT_FAILS,    SURE },
	{ "rst-exact",            IN(SYN_RECV),        COUNTER_ATTEMPT_FAILS,    SURE },
};
/* clang-format on */

bool counter_find(const char *name, enum counter *counter)
{
	for (int i = 0; i < COUNTERS; i++) {
		if (strcmp(counter_rules[i].rule.name, name))
			continue;
		*counter = (enum counter)i;
		return true;
	}
	return false;
}

void counter_add(uint8_t *counter)
{
	*counter += *counter < UINT8_MAX;
}

/* RFC 4022 counts a connect() that the program gives up, and Linux does not. */
void counters_move(struct counted *counted, enum tcp_state from, enum tcp_state to)
{
	for (int i = 0; i < COUNTERS; i++) {
		if (!(counter_rules[i].from & 1u << from) || !(counter_rules[i].to & 1u << to))
			continue;
		if (i != COUNTER_ATTEMPT_FAILS)
			counter_add(&counted->sure[i]);
		else if (!counted->attempt_failed)
			counter_add(&counted->perhaps[i]);
	}
	counted->attempt_failed = false;
}

void counters_apply(struct counted *counted, const struct rule *rule, enum tcp_state state,
                    bool sure)
{
	counted->attempt_failed = false;
	for (size_t i = 0; i < sizeof(counted_rules) / sizeof(counted_rules[0]); i++) {
		enum counter counter = counted_rules[i].counter;

		if (!(counted_rules[i].states & 1u << state) ||
		    strcmp(counted_rules[i].rule, rule->name))
			continue;
		counter_add(sure && counted_rules[i].sure ? &counted->sure[counter]
		                                          : &counted->perhaps[counter]);
		counted->attempt_failed |= counter == COUNTER_ATTEMPT_FAILS;
	}
}
