#include "model/departures.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

/* clang-format off */
static const struct departure_row rows[] = {
	[DEPARTURE_NONE] = { "", "", "", "", "", "", "" },
	[DEPARTURE_RST_AFTER_FIN] = { "rst-after-fin", "RFC 9293 3.10.7.4, second, 1)", "tcp_reset_check()",
		"a RST with the number of the peer's FIN ends the connection",
		"macOS sends its RST with that number", "4.10", "bugs/rst-after-fin.pkt" },
	[DEPARTURE_RST_AT_SACK] = { "rst-at-sack", "RFC 9293 3.10.7.4, second, 3)", "tcp_validate_incoming()",
		"a RST just behind the text that is held out of order ends the connection",
		"after a loss the peer's next number is there, and RCV.NXT lags", "4.7", "segments/reset-at-a-sack-edge.pkt" },
	[DEPARTURE_FIN_AT_ZERO_WINDOW] = { "fin-at-zero-window", "RFC 9293 3.10.7.4, first", "tcp_data_queue()",
		"a FIN alone is taken though the window is 0",
		"it needs no room, and a full reader would never see the end", "6.10", "passive-close/fin-into-closed-window.pkt" },
	[DEPARTURE_ACK_OF_OLD_TEXT] = { "ack-of-old-text", "RFC 9293 3.10.7.4, first", "tcp_sequence()",
		"of a segment that ends at RCV.NXT the ACK is taken, and no ACK is sent",
		"the test for old segments is one too wide", "always", "passive-close/repeated-fin-acks-ours.pkt" },
	[DEPARTURE_PAWS_WINDOW] = { "paws-window", "RFC 7323 5.3, R1", "tcp_paws_check(), TCP_PAWS_WINDOW",
		"a segment whose timestamp is older by one is taken",
		"a peer's clock may tick between two packets that it sends in the other order", "2.6.29", "segments/paws-edge.pkt" },
	[DEPARTURE_TEXT_OVER_FIN] = { "text-over-fin", "RFC 9293 3.10.7.4, seventh", "tcp_rcv_state_process()",
		"text in the place of the peer's FIN is answered by RST",
		"the peer contradicts itself", "always", "half-close/text-over-the-fin.pkt" },
	[DEPARTURE_FIN_WAIT_2_ENDS] = { "fin-wait-2-ends", "RFC 9293 3.10.8 knows no such timer", "tcp_time_wait()",
		"FIN-WAIT-2 without a program ends after tcp_fin_timeout, or TCP_LINGER2",
		"a peer that never closes would hold it for ever; tcp(7)", "always", "fin-wait/linger2.pkt" },
	[DEPARTURE_FIN_WAIT_2_TWICE] = { "fin-wait-2-twice", "tcp(7), TCP_LINGER2, and ip-sysctl, tcp_fin_timeout", "tcp_keepalive_timer()",
		"a time above 60 s in FIN-WAIT-2 without a program is twice what is above 60 s: 61 s are 2 s",
		"the miniature is to have the rest, and gets the time before it once more: an oversight", "always", "timers/fin-wait-2-above-60.pkt" },
	[DEPARTURE_FIN_WAIT_2_MINIATURE] = { "fin-wait-2-miniature", "RFC 9293 3.10.7.4, second, fourth and fifth", "tcp_timewait_state_process()",
		"in FIN-WAIT-2 without a program any RST in the window ends the connection, one outside is answered, a SYN is answered by RST, and the ACK is not looked at",
		"only a miniature of the socket is kept", "always", "fin-wait/orphan-any-segment.pkt" },
	[DEPARTURE_LINGER2] = { "linger2", "RFC 9293 3.10.7.4, fifth, FIN-WAIT-1", "tcp_rcv_state_process()",
		"with TCP_LINGER2 below 0 there is no FIN-WAIT-2 without a program, but a RST",
		"the program asked for it; tcp(7)", "always", "fin-wait/linger2-negative-orphan.pkt" },
	[DEPARTURE_TIME_WAIT_60] = { "time-wait-60", "RFC 9293 3.6.1, MUST-13", "tcp_time_wait()",
		"TIME-WAIT is 60 s, not 2 * MSL = 240 s",
		"no packet lives that long; TCP_TIMEWAIT_LEN", "always", "time-wait/sixty-seconds.pkt" },
	[DEPARTURE_TIME_WAIT_SYN] = { "time-wait-syn", "RFC 9293 3.10.7.4, fourth", "tcp_v4_rcv(), TCP_TW_SYN",
		"a SYN with FIN, or one that is then refused, ends TIME-WAIT",
		"TIME-WAIT is given up before the listener looks at the SYN", "always", "time-wait/syn-fin.pkt" },
	[DEPARTURE_TIME_WAIT_FULL] = { "time-wait-full", "RFC 9293 3.6.1, MUST-13", "inet_twsk_alloc()",
		"beyond tcp_max_tw_buckets there is no TIME-WAIT",
		"a limit of memory; ip-sysctl", "always", "time-wait/none-left.pkt" },
	[DEPARTURE_TIME_WAIT_REUSED] = { "time-wait-reused", "RFC 9293 3.6.1, MUST-13", "tcp_twsk_unique()",
		"an active open takes over TIME-WAIT, with timestamps",
		"the timestamps tell old segments from new ones, as RFC 6191 has it for the other side; ip-sysctl", "2.4", "time-wait/bind-and-connect.pkt" },
	[DEPARTURE_SYN_ACK_ALONE] = { "syn-ack-alone", "RFC 9293 3.10.7.3, fourth", "tcp_rcv_synsent_state_process()",
		"text and FIN of a SYN,ACK are dropped",
		"the peer sends them again", "always", "syn-sent/syn-ack-with-fin.pkt" },
	[DEPARTURE_CROSSED_ISS] = { "crossed-iss", "RFC 9293 3.10.7.4, fifth, SYN-RECEIVED", "tcp_rcv_state_process()",
		"after crossed SYNs an ACK of ISS establishes the connection",
		"tcp_ack() takes a repeated ACK for a good one", "always", "syn-sent/crossed-unacknowledged.pkt" },
	[DEPARTURE_SECOND_SYN] = { "second-syn", "RFC 9293 3.10.7.4, fourth, SYN-RECEIVED", "tcp_check_req()",
		"a second SYN in the window is answered by RST; of the first SYN, with an ACK of ours, the ACK is looked at",
		"as RFC 793 had it", "always", "listener/syn-again.pkt" },
	[DEPARTURE_HANDSHAKE_ACK_DROPPED] = { "handshake-ack-dropped", "RFC 9293 3.10.7.4, fifth, SYN-RECEIVED", "tcp_check_req()",
		"the last ACK of the handshake is dropped while the accept queue is full, or by TCP_DEFER_ACCEPT; or answered by RST, with tcp_abort_on_overflow",
		"the SYN,ACK comes again; tcp(7), ip-sysctl", "always", "listener/overflow.pkt" },
	[DEPARTURE_OPENS_NO_LONGER] = { "opens-no-longer", "RFC 9293 3.8.3, MUST-23", "reqsk_timer_handler(), tcp_write_timeout()",
		"a SYN, or a SYN,ACK, is given up after tcp_syn_retries or tcp_synack_retries, in about a minute",
		"half-open connections are cheap to make for an attacker, and costly to keep; ip-sysctl", "always", "timers/synack-retries.pkt" },
	[DEPARTURE_ORPHAN_PROBES_END] = { "orphan-probes-end", "RFC 9293 3.8.6.1, MUST-37", "tcp_probe_timer()",
		"a connection without a program is given up when its probes of a closed window are not answered, after tcp_orphan_retries; or before the first, when the timeout had been backed off",
		"nobody would ever close it; ip-sysctl", "always", "timers/zero-window-orphan-unanswered.pkt" },
	[DEPARTURE_GIVES_UP_EARLY] = { "gives-up-early", "RFC 9293 3.8.3, R2", "tcp_write_timeout(), tcp_probe_timer(), tcp_keepalive_timer()",
		"TCP_USER_TIMEOUT, retry counts and keepalive end a connection before R2 of 100 s",
		"they were asked for; tcp(7), ip-sysctl", "always", "fin-wait/orphan-retries.pkt" },
	[DEPARTURE_ABORT_IN_WINDOW] = { "abort-in-window", "RFC 9293 3.10.5", "tcp_acceptable_seq()",
		"an abort has the number at which the peer's window ends, where SND.NXT is behind it",
		"a RST behind the window would be dropped", "always", "linger/abort-shrunk-window.pkt" },
	[DEPARTURE_ABORT_WHEN_CLOSING] = { "abort-when-closing", "RFC 9293 3.10.5, CLOSING ...", "__tcp_close()",
		"a close with unread text sends RST also in CLOSING and LAST-ACK",
		"the peer is to learn that text was lost (RFC 2525 2.17)", "always", "reset/close-with-unread-data-after-fins.pkt" },
	[DEPARTURE_ABORT_KEEPS_TIME_WAIT] = { "abort-keeps-time-wait", "RFC 9293 3.10.5, CLOSING ...", "tcp_disconnect()",
		"an abort leaves TIME-WAIT as it is",
		"the program has no part in it any more; it protects the next connection", "always", "linger/finished.pkt" },
	[DEPARTURE_NO_ACK_DROPPED] = { "no-ack-dropped", "RFC 9293 3.10.7.4, first", "tcp_rcv_established(), tcp_rcv_state_process()",
		"a segment without ACK, RST and SYN is dropped without an answer, also when it is not acceptable",
		"nobody sends it but who scans", "always", "segments/without-ack-not-acceptable.pkt" },
	[DEPARTURE_FAST_PATH_OLD_ACK] = { "fast-path-old-ack", "RFC 5961 5.2, MUST", "tcp_rcv_established()",
		"in ESTABLISHED text in order is taken though its ACK is older than any window",
		"what tcp_ack() says is not looked at on the fast path: an oversight", "later than 6.1", "segments/old-ack-with-text.pkt" },
	[DEPARTURE_UNSENT_ACK_SILENT] = { "unsent-ack-silent", "RFC 9293 3.10.7.4, fifth, ESTABLISHED", "tcp_ack()",
		"an ACK of what was not sent is dropped, and no ACK is sent",
		"an oversight, mended in 6.18", "always", "segments/ack-of-unsent-silent.pkt" },
	[DEPARTURE_PAWS_PURE_ACK] = { "paws-pure-ack", "RFC 7323 5.3, R1", "tcp_disordered_ack()",
		"an ACK without text whose timestamp is old is taken, or dropped, and no ACK is sent",
		"a peer with several processors may send ACKs in the wrong order", "always", "segments/paws-pure-ack.pkt" },
	[DEPARTURE_FIN_BEHIND_GAP] = { "fin-behind-gap", "RFC 9293 3.10.7.4, seventh, SHLD-31", "tcp_rcv_state_process(), tcp_timewait_state_process()",
		"after close a FIN behind a gap is answered by RST, though the text before it has not come",
		"there is text that nobody will read", "always", "fin-wait/fin-behind-a-gap.pkt" },
	[DEPARTURE_RIGHT_EDGE] = { "right-edge", "RFC 9293 3.10.7.4, first", "tcp_sequence(), tcp_in_window()",
		"the ACK of a segment is taken that begins where the window ends; its text is not, and need not be answered",
		"the test is one too wide; a peer that fills the window has that number", "always", "segments/right-edge.pkt" },
	[DEPARTURE_OVER_THE_WINDOW] = { "over-the-window", "RFC 9293 3.10.7.4, first, table 6", "tcp_sequence()",
		"a segment that begins before the window and ends behind it is taken",
		"what is between is within the window, and may be all that the peer has", "always", "segments/over-the-window.pkt" },
	[DEPARTURE_TIME_WAIT_STAMP] = { "time-wait-stamp", "RFC 7323 4.3", "tcp_timewait_state_process()",
		"in TIME-WAIT a segment with text or FIN does not renew TS.Recent",
		"what comes behind the peer's FIN is not of this connection", "always", "time-wait/timestamp-of-text.pkt" },
	[DEPARTURE_OLD_ACK_STAMP] = { "old-ack-stamp", "RFC 7323 4.3", "tcp_ack()",
		"a segment whose ACK is before SND.UNA does not renew TS.Recent, though its text is taken",
		"an old ACK is left before the line that renews it: an oversight, mended in 7.2 (1b92780ae4fc)",
		"always", "segments/old-ack-timestamp.pkt" },
	[DEPARTURE_STAMP_ZERO] = { "stamp-zero", "RFC 7323 5.3, R1", "tcp_paws_check()",
		"after a timestamp of 0 any is taken",
		"some stacks have 0 in a SYN, and then begin anywhere", "2.6.27", "time-wait/paws-at-the-edge.pkt" },
	[DEPARTURE_SYN_RECEIVED_RST_STAMP] = { "syn-received-rst-stamp", "RFC 7323 5.2", "tcp_check_req(), tcp_paws_reject()",
		"in SYN-RECEIVED a RST with an old timestamp is dropped",
		"old segments must not end a connection that is being opened", "always", "listener/reset-with-old-timestamp.pkt" },
	[DEPARTURE_RESET_IN_CLOSE_WAIT] = { "reset-in-close-wait", "RFC 9293 3.10.7.4, second", "tcp_reset()",
		"a program in CLOSE-WAIT is told of a RST as EPIPE, not as ECONNRESET",
		"as BSD has it: nothing can be lost that was to be read", "always", "errors/epoll-nothing-asked.pkt" },
};
/* clang-format on */
static_assert(sizeof(rows) / sizeof(rows[0]) == DEPARTURE_COUNT, "a departure has no row");

/* Where it is known with which versions a departure begins and ends. */
static const struct {
	const char *unknown; /* up to this series of versions there was no such departure */
	/*
	 * Where it ended: series of stable versions, each with the first that is right, and last
	 * the first version of all later ones.
	 */
	const char *mended;
} bounds[DEPARTURE_COUNT] = {
	[DEPARTURE_FAST_PATH_OLD_ACK] = { .unknown = "6.1" },
	[DEPARTURE_UNSENT_ACK_SILENT] = { .mended = "6.18" },
	[DEPARTURE_OVER_THE_WINDOW] = { .mended = "6.17" },
	[DEPARTURE_OLD_ACK_STAMP] = { .mended = "6.1.191 7.2" },
};

const struct departure_row *departure_get(enum departure departure)
{
	return &rows[departure];
}

/* ---- versions ---- */

struct version {
	unsigned long series, patch; /* 6.1 is 6001 */
};

/* Reads "6.1.191", and goes behind it. What is not there is 0. */
static struct version version_read(const char **text)
{
	unsigned long numbers[3] = { 0, 0, 0 };

	for (int i = 0; i < 3 && isdigit((unsigned char)**text); i++) {
		numbers[i] = strtoul(*text, (char **)text, 10);
		*text += **text == '.';
	}
	return (struct version){ numbers[0] * 1000 + numbers[1], numbers[2] };
}

static bool was_mended(const char *list, struct version kernel)
{
	bool mended = false;

	while (*list) {
		struct version version = version_read(&list);
		bool last = !*list;

		mended |= kernel.series == version.series && kernel.patch >= version.patch;
		mended |= last && kernel.series > version.series;
		list += *list == ' ';
	}
	return mended;
}

bool departure_is_of(enum departure departure, const char *kernel)
{
	const char *unknown = bounds[departure].unknown, *mended = bounds[departure].mended;
	struct version version;

	if (!kernel || !isdigit((unsigned char)*kernel))
		return true;
	version = version_read(&kernel);
	if (unknown && version.series <= version_read(&unknown).series)
		return false;
	return !mended || !was_mended(mended, version);
}
