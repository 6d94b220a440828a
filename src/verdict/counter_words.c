#include "verdict/counter_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "verdict/classify.h"

/* ---- what each counter tells ---- */

#define LEFT_OUT "was left out, since another was sent less than net.ipv4.tcp_invalid_ratelimit ago"

static const struct counter_row rows[] = {
	/* clang-format off */
	/* what happened to a connection */
	{ "TCPAbortOnClose",   "a close with unread data ended the connection with a RST "
	                       "(RFC 9293, 3.6.1; RFC 2525, 2.17)" },
	{ "TCPAbortOnData",    "a close with linger 0, data that came after a close, or TCP_LINGER2 below 0 "
	                       "ended the connection (RFC 9293, 3.6.1)" },
	{ "TCPAbortOnLinger",  "the connection was ended in place of FIN_WAIT_2, as TCP_LINGER2 below 0 asks" },
	{ "TCPAbortOnMemory",  "a connection without a descriptor was ended: there were too many "
	                       "(net.ipv4.tcp_max_orphans), or no memory was left (net.ipv4.tcp_mem)" },
	{ "TCPAbortOnTimeout", "retransmissions or probes went unanswered for too long, and the connection "
	                       "was ended (RFC 9293, 3.8.3)" },
	{ "TCPAbortFailed",    "a RST could not be sent" },
	{ "EmbryonicRsts",     "a RST or a SYN ended a connection in SYN_RECV (RFC 9293, 3.10.7.4)" },
	{ "TCPTimeWaitOverflow", "TIME_WAIT was left out: there are as many as "
	                         "net.ipv4.tcp_max_tw_buckets allows" },
	{ "TW",                "a connection went into TIME_WAIT, or into FIN_WAIT_2 without a descriptor "
	                       "(RFC 9293, 3.6)" },
	{ "TWRecycled",        "connect() took the ports of a connection in TIME_WAIT "
	                       "(net.ipv4.tcp_tw_reuse)" },

	/* handshakes that were not completed */
	{ "ListenOverflows",   "the accept queue of the listener was full: a SYN, or the ACK that completes a "
	                       "handshake, was dropped" },
	{ "ListenDrops",       "a listener dropped a SYN, or the ACK that completes a handshake" },
	{ "TCPReqQFullDrop",   "the queue of handshakes under way was full, and a SYN was dropped" },
	{ "TCPReqQFullDoCookies", "the queue of handshakes under way was full, and a SYN was answered with a "
	                          "cookie (RFC 4987, 3.6)" },
	{ "SyncookiesFailed",  "an ACK was no answer to a SYN cookie (RFC 4987, 3.6)" },
	{ "TCPDeferAcceptDrop", "the ACK that completes a handshake was dropped: TCP_DEFER_ACCEPT waits for data" },
	{ "TCPSynRetrans",     "a SYN or a SYN-ACK was sent again (RFC 6298, 5)" },

	/* segments that were not accepted */
	{ "TCPChallengeACK",   "a RST or SYN in the window, or an ACK out of range, was answered with a "
	                       "challenge ACK (RFC 5961, 3 to 5)" },
	{ "TCPSYNChallenge",   "a SYN for a connection that is there was not taken (RFC 5961, 4.2)" },
	{ "BeyondWindow",      "a segment that ends beyond the window was dropped, and answered with an ACK "
	                       "(RFC 9293, 3.10.7.4)" },
	{ "PAWSEstab",         "a segment with an old timestamp was dropped (RFC 7323, 5.3)" },
	{ "PAWSOldAck",        "an old ACK with an old timestamp was dropped (RFC 7323, 5.3)" },
	{ "PAWSActive",        "a SYN-ACK that echoes a timestamp that was not sent was refused (RFC 7323, 3.2)" },
	{ "PAWSTimewait",      "a segment with an old timestamp came for a connection in TIME_WAIT "
	                       "(RFC 7323, 5.3)" },
	{ "TSEcrRejected",     "a segment that echoes a timestamp that was not sent was refused (RFC 7323, 3.2)" },
	{ "TCPZeroWindowDrop", "data that came into a zero window was dropped (RFC 9293, 3.10.7.4)" },
	{ "TCPRcvQDrop",       "data was dropped: the receive buffer is full" },
	{ "TCPOFOQueue",       "data after a gap was kept until the gap is filled (RFC 9293, 3.10.7.4)" },
	{ "TCPOFODrop",        "data after a gap was dropped: the receive buffer is full" },
	{ "TCPDSACKOldSent",   "data that came before was answered with a D-SACK (RFC 2883, 4)" },
	{ "TCPDSACKOfoSent",   "data after a gap that came before was answered with a D-SACK (RFC 2883, 4)" },
	{ "TCPSACKDiscard",    "a SACK block that fits nothing that was sent was not taken" },
	{ "TCPBacklogDrop",    "a segment was dropped: too many waited for a socket that was busy" },
	{ "TCPMinTTLDrop",     "a segment with a smaller TTL than IP_MINTTL was dropped (RFC 5082)" },
	{ "TCPMD5NotFound",    "a segment without the MD5 option was dropped (RFC 2385)" },
	{ "TCPMD5Unexpected",  "a segment with an MD5 option that nobody asked for was dropped (RFC 2385)" },
	{ "TCPMD5Failure",     "a segment with a wrong MD5 digest was dropped (RFC 2385)" },
	{ "InCsumErrors",      "a segment with a wrong checksum was dropped (RFC 9293, 3.1)" },
	{ "OutOfWindowIcmps",  "an ICMP error about a number that is not in flight was ignored (RFC 5927, 4.1)" },
	{ "LockDroppedIcmps",  "an ICMP error was ignored: the socket was busy" },
	{ "IPReversePathFilter", "a packet was dropped, since its source has another route (rp_filter)" },
	{ "IpInAddrErrors",    "a packet was dropped: its address is not one of this machine" },
	{ "IpInHdrErrors",     "a packet was dropped: its IP header is wrong" },

	/* ACKs that were not sent */
	{ "TCPACKSkippedSynRecv",   "an ACK from SYN_RECV " LEFT_OUT },
	{ "TCPACKSkippedPAWS",      "an ACK to an old timestamp " LEFT_OUT },
	{ "TCPACKSkippedSeq",       "an ACK to a segment out of the window " LEFT_OUT },
	{ "TCPACKSkippedFinWait2",  "an ACK from FIN_WAIT_2 without a descriptor " LEFT_OUT },
	{ "TCPACKSkippedTimeWait",  "an ACK from TIME_WAIT " LEFT_OUT },
	{ "TCPACKSkippedChallenge", "a challenge ACK " LEFT_OUT },

	/* timers */
	{ "TCPTimeouts",       "the retransmission timer ran out (RFC 6298, 5)" },
	{ "TCPLossProbes",     "a tail loss probe was sent (RFC 8985, 7)" },
	{ "TCPWinProbe",       "a zero window was probed (RFC 9293, 3.8.6.1)" },
	{ "TCPKeepAlive",      "a keepalive probe was sent (RFC 9293, 3.8.4)" },
	{ "TCPRetransFail",    "a retransmission could not be sent" },
	{ "TCPSpuriousRtxHostQueues", "a retransmission was put off: what was sent before is still in this "
	                              "machine's queues" },
	{ "TCPToZeroWindowAdv",   "the kernel closed its window (RFC 9293, 3.8.6)" },
	{ "TCPFromZeroWindowAdv", "the kernel opened its window again (RFC 9293, 3.8.6)" },
	/* clang-format on */
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

const struct counter_row *counter_row(size_t i)
{
	return i < ROWS ? &rows[i] : NULL;
}

static const struct counter_row *row_of(const char *name, size_t length)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == length && !strncmp(rows[i].name, name, length))
			return &rows[i];
	return NULL;
}

/* Returns the name at *moved, and moves that on to the next one. */
static const char *next_name(const char **moved, size_t *length)
{
	const char *name = *moved;

	*length = strcspn(name, " ");
	*moved = name + strcspn(name, ",");
	*moved += strspn(*moved, ", ");
	return *length ? name : NULL;
}

const struct counter_row *counter_next(const char **moved)
{
	const struct counter_row *row = NULL;
	const char *name;
	size_t length;

	while (!row && (name = next_name(moved, &length)))
		row = row_of(name, length);
	return row;
}

/* ---- guesses ---- */

/* A guess of classify.c, and for each of its causes the counter that tells it. */
static const struct settled {
	const char *guess, *counter, *cause;
} settled[] = {
	/* clang-format off */
	{ GUESS_CLOSE, "TCPAbortOnClose",   "a close with unread data" },
	{ GUESS_CLOSE, "TCPAbortOnData",    "a close with linger 0" },
	{ GUESS_CLOSE, "TCPAbortOnLinger",  "TCP_LINGER2 below 0 leaves out FIN_WAIT_2" },
	{ GUESS_CLOSE, "TCPAbortOnMemory",  "too many connections without a descriptor, or no memory" },
	{ GUESS_CLOSE, "TCPAbortOnTimeout", "what was sent went unanswered for too long" },
	{ GUESS_PROBE, "TCPLossProbes",     "a tail loss probe" },
	{ GUESS_PROBE, "TCPTimeouts",       "by the retransmission timer" },
	{ GUESS_ACK,   "BeyondWindow",      "to a segment beyond the window" },
	{ GUESS_ACK,   "PAWSEstab",         "to an old timestamp" },
	{ GUESS_ACK,   "TCPOFOQueue",       "to data after a gap" },
	{ GUESS_ACK,   "TCPDSACKOldSent",   "to data that came before" },
	{ GUESS_ACK,   "TCPZeroWindowDrop", "to data into a zero window" },
	/* clang-format on */
};

static bool has_moved(const char *moved, const char *counter)
{
	const char *name;
	size_t length;

	while ((name = next_name(&moved, &length)))
		if (strlen(counter) == length && !strncmp(name, counter, length))
			return true;
	return false;
}

/* The only cause of this guess whose counter has moved; NULL when none has, or more than one. */
static const struct settled *only_cause(const char *guess, const char *moved)
{
	const struct settled *only = NULL;

	for (size_t i = 0; i < sizeof(settled) / sizeof(*settled); i++) {
		if (strcmp(settled[i].guess, guess) || !has_moved(moved, settled[i].counter))
			continue;
		if (only)
			return NULL;
		only = &settled[i];
	}
	return only;
}

void counter_settle_guess(const char *moved, char *text, size_t size)
{
	for (size_t i = 0; i < sizeof(settled) / sizeof(*settled); i++) {
		char *guess = strstr(text, settled[i].guess);
		const struct settled *only = guess ? only_cause(settled[i].guess, moved) : NULL;

		if (!only)
			continue;
		snprintf(guess, size - (size_t)(guess - text), "%s, says %s", only->cause,
		         only->counter);
		return;
	}
}
