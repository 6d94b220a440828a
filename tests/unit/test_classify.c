/*
 * Histories and the name of their last segment. A line is one segment:
 *     milliseconds  direction  flags  seq(length)  [ack N]  [win N]  [option ...]
 * '<' was injected, '>' came from the kernel.
 */
#include "verdict/classify.h"
#include "verdict/counter_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "program/known_names.h"
#include "wire/tcp_options.h"

#define SERVER                         \
	"0 < S 0(0) win 1000\n"        \
	"0 > S. 0(0) ack 1 win 1000\n" \
	"1 < . 1(0) ack 1 win 1000\n"

#define SERVER_SACK                           \
	"0 < S 0(0) win 1000 sackOK\n"        \
	"0 > S. 0(0) ack 1 win 1000 sackOK\n" \
	"1 < . 1(0) ack 1 win 1000\n"

#define SERVER_TS                           \
	"0 < S 0(0) win 1000 ts 100\n"      \
	"0 > S. 0(0) ack 1 win 1000 ts 5\n" \
	"1 < . 1(0) ack 1 win 1000 ts 110\n"

#define CLIENT                         \
	"0 > S 0(0) win 1000\n"        \
	"1 < S. 0(0) ack 1 win 1000\n" \
	"1 > . 1(0) ack 1 win 1000\n"

#define TIME_WAITING                    \
	SERVER                          \
	"10 > F. 1(0) ack 1 win 1000\n" \
	"20 < . 1(0) ack 2 win 1000\n"  \
	"30 < F. 1(0) ack 2 win 1000\n" \
	"30 > . 2(0) ack 2 win 1000\n"

static const struct row {
	const char *name, *history, *text;
} rows[] = {
	/* clang-format off */
	/* nothing special */
	{ "first SYN", "0 > S 0(0) win 1000\n", "" },
	{ "SYN-ACK", "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n", "" },
	{ "last ACK of the handshake", CLIENT, "" },
	{ "new data", SERVER "9 > P. 1(1000) ack 1 win 1000\n", "" },
	{ "first FIN", SERVER "9 > F. 1(0) ack 1 win 1000\n", "" },
	{ "ACK of data at once", SERVER "9 < P. 1(10) ack 1 win 1000\n"
	  "9 > . 1(0) ack 11 win 1000\n", "" },
	{ "ACK of a FIN", SERVER "9 < F. 1(0) ack 1 win 1000\n" "9 > . 1(0) ack 2 win 1000\n", "" },
	{ "FIN of the passive side", SERVER "9 < F. 1(0) ack 1 win 1000\n"
	  "9 > . 1(0) ack 2 win 1000\n" "20 > F. 1(0) ack 2 win 1000\n", "" },
	{ "a segment of an unknown past", "0 > F. 77(0) ack 1 win 1000\n", "" },
	{ "ACK that fills a gap", SERVER "5 < P. 11(10) ack 1 win 1000\n"
	  "5 > . 1(0) ack 1 win 1000 sack 11:21\n" "60 < P. 1(10) ack 1 win 1000\n"
	  "60 > . 1(0) ack 21 win 1000\n", "" },

	/* SYN */
	{ "SYN again", "0 > S 0(0) win 1000\n" "1024 > S 0(0) win 1000\n",
	  "retransmitted SYN, 2nd time, 1.024 s after the first" },
	{ "SYN-ACK, third", "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n"
	  "1000 > S. 0(0) ack 1 win 1000\n" "3000 > S. 0(0) ack 1 win 1000\n",
	  "retransmitted SYN-ACK, 3rd time, 3.000 s after the first" },
	{ "crossing SYN", "0 > S 0(0) win 1000\n" "5 < S 0(0) win 1000\n"
	  "5 > S. 0(0) ack 1 win 1000\n", "SYN-ACK to a crossing SYN: simultaneous open" },
	{ "new connection", TIME_WAITING "90 < S 5000(0) win 1000\n"
	  "90 > S. 0(0) ack 5001 win 1000\n", "SYN-ACK of a new connection on the same ports" },
	{ "... which starts afresh", TIME_WAITING "90 < S 5000(0) win 1000\n"
	  "90 > S. 0(0) ack 5001 win 1000\n" "91 < . 5001(0) ack 1 win 1000\n"
	  "92 > F. 1(0) ack 5001 win 1000\n", "" },
	{ "SYN at once after a wrong ACK", "0 > S 0(0) win 1000\n" "5 < . 0(0) ack 77 win 1000\n"
	  "5 > R 77(0)\n" "6 > S 0(0) win 1000\n",
	  "retransmitted SYN, 2nd time, 0.006 s after the first" },
	{ "other SYN", "0 > S 0(0) win 1000\n" "5 > S 99(0) win 1000\n",
	  "SYN with another initial sequence number" },

	/* FIN */
	{ "FIN again", SERVER "10 > F. 1(0) ack 1 win 1000\n" "214 > F. 1(0) ack 1 win 1000\n",
	  "retransmitted FIN, 2nd time, 0.204 s after the first" },
	{ "FIN, 11th", SERVER "10 > F. 1(0) ack 1\n" "11 > F. 1(0) ack 1\n" "12 > F. 1(0) ack 1\n"
	  "13 > F. 1(0) ack 1\n" "14 > F. 1(0) ack 1\n" "15 > F. 1(0) ack 1\n"
	  "16 > F. 1(0) ack 1\n" "17 > F. 1(0) ack 1\n" "18 > F. 1(0) ack 1\n"
	  "19 > F. 1(0) ack 1\n" "20 > F. 1(0) ack 1\n",
	  "retransmitted FIN, 11th time, 0.010 s after the first" },
	{ "FIN probe", SERVER_SACK "10 > F. 1(0) ack 1 win 1000\n"
	  "214 > F. 1(0) ack 1 win 1000\n",
	  "retransmitted FIN, 2nd time, 0.204 s after the first, probably a tail loss probe" },
	{ "FIN after the probe", SERVER_SACK "10 > F. 1(0) ack 1 win 1000\n"
	  "214 > F. 1(0) ack 1 win 1000\n" "420 > F. 1(0) ack 1 win 1000\n",
	  "retransmitted FIN, 3rd time, 0.410 s after the first" },
	{ "FIN with data", SERVER "10 > FP. 1(100) ack 1 win 1000\n", "FIN with data" },
	{ "FIN with data again", SERVER "10 > FP. 1(100) ack 1 win 1000\n"
	  "310 > FP. 1(100) ack 1 win 1000\n",
	  "retransmitted FIN with data, 2nd time, 0.300 s after the first" },
	{ "spurious FIN", SERVER "10 > F. 1(0) ack 1 win 1000\n" "20 < . 1(0) ack 2 win 1000\n"
	  "30 > F. 1(0) ack 1 win 1000\n",
	  "spurious retransmission of the FIN, which is acknowledged" },
	{ "moved FIN", SERVER "10 > F. 1(0) ack 1 win 1000\n" "30 > F. 2(0) ack 1 win 1000\n",
	  "FIN at 2, though the first was at 1" },
	{ "FIN joined to old data", SERVER "10 > P. 1(100) ack 1 win 1000\n"
	  "210 > FP. 1(100) ack 1 win 1000\n", "retransmission from 1 to 101 with the FIN" },
	{ "crossing FIN", SERVER "10 < F. 1(0) ack 1 win 1000\n" "11 > F. 1(0) ack 1 win 1000\n",
	  "FIN that crosses the peer's" },
	{ "simultaneous close", SERVER "10 > F. 1(0) ack 1 win 1000\n"
	  "11 < F. 1(0) ack 1 win 1000\n" "11 > . 2(0) ack 2 win 1000\n",
	  "ACK of a FIN that crossed ours: simultaneous close" },
	{ "no simultaneous close", SERVER "10 > F. 1(0) ack 1 win 1000\n"
	  "11 < F. 1(0) ack 2 win 1000\n" "11 > . 2(0) ack 2 win 1000\n", "" },

	/* data */
	{ "data again", SERVER "10 > P. 1(1000) ack 1 win 1000\n"
	  "310 > P. 1(1000) ack 1 win 1000\n",
	  "retransmission of 1:1001, 2nd time, 0.300 s after the first" },
	{ "first half again", SERVER "10 > P. 1(1000) ack 1 win 1000\n"
	  "310 > P. 1(500) ack 1 win 1000\n",
	  "retransmission of 1:501, 2nd time, 0.300 s after the first" },
	{ "second half again", SERVER "10 > P. 1(1000) ack 1 win 1000\n"
	  "310 > P. 501(500) ack 1 win 1000\n",
	  "retransmission of 501:1001, 2nd time, 0.300 s after the first" },
	{ "partly acknowledged", SERVER "10 > P. 1(1000) ack 1 win 1000\n"
	  "20 < . 1(0) ack 501 win 1000\n" "310 > P. 1(1000) ack 1 win 1000\n",
	  "retransmission of 1:1001, acknowledged up to 501, 2nd time, 0.300 s after the first" },
	{ "spurious", SERVER "10 > P. 1(1000) ack 1 win 1000\n" "20 < . 1(0) ack 1001 win 1000\n"
	  "30 > P. 1(1000) ack 1 win 1000\n",
	  "spurious retransmission of 1:1001, which is acknowledged" },
	{ "with new data", SERVER "10 > P. 1(1000) ack 1 win 1000\n"
	  "30 > P. 501(1000) ack 1 win 1000\n", "retransmission from 501 to 1001 with new data" },
	{ "tail loss probe", SERVER_SACK "10 > . 1(1000) ack 1 win 1000\n"
	  "10 > P. 1001(1000) ack 1 win 1000\n" "30 > P. 1001(1000) ack 1 win 1000\n",
	  "retransmission of 1001:2001, 2nd time, 0.020 s after the first, probably a tail loss probe" },
	{ "head first is no probe", SERVER_SACK "10 > . 1(1000) ack 1 win 1000\n"
	  "10 > P. 1001(1000) ack 1 win 1000\n" "230 > . 1(1000) ack 1 win 1000\n",
	  "retransmission of 1:1001, 2nd time, 0.220 s after the first" },
	{ "fast retransmit", SERVER "10 > . 1(1000) ack 1 win 1000\n"
	  "10 > P. 1001(1000) ack 1 win 1000\n" "20 < . 1(0) ack 1 win 1000\n"
	  "21 < . 1(0) ack 1 win 1000\n" "22 < . 1(0) ack 1 win 1000\n"
	  "22 > . 1(1000) ack 1 win 1000\n",
	  "retransmission of 1:1001, 2nd time, 0.012 s after the first, after 3 or more duplicate ACKs" },
	{ "gap", SERVER "10 > P. 1001(100) ack 1 win 1000\n",
	  "segment beyond what was sent, 1:1001 is missing" },
	{ "zero window", SERVER "5 < . 1(0) ack 1 win 0\n" "10 > P. 1(100) ack 1 win 1000\n",
	  "segment into a zero window" },

	/* probes */
	{ "keepalive", SERVER "5000 > . 0(0) ack 1 win 1000\n", "keepalive probe" },
	{ "keepalive with a byte", SERVER "5000 > . 0(1) ack 1 win 1000\n", "keepalive probe" },
	{ "keepalive, third", SERVER "5000 > . 0(0) ack 1 win 1000\n" "6000 > . 0(0) ack 1 win 1000\n"
	  "7000 > . 0(0) ack 1 win 1000\n", "keepalive probe, the 3rd without an answer" },
	{ "keepalive answered", SERVER "5000 > . 0(0) ack 1 win 1000\n" "5000 < . 1(0) ack 1 win 1000\n"
	  "9000 > . 0(0) ack 1 win 1000\n", "keepalive probe" },
	{ "window probe", SERVER "5 > P. 1(100) ack 1 win 1000\n" "6 < . 1(0) ack 101 win 0\n"
	  "206 > . 100(0) ack 1 win 1000\n", "zero-window probe" },

	/* challenge ACKs */
	{ "RST in the window", SERVER "9 < R 11(0)\n" "9 > . 1(0) ack 1 win 1000\n",
	  "challenge ACK to a RST not exactly at RCV.NXT but at 11" },
	{ "RST at the window's end", SERVER "9 < R 1001(0)\n" "9 > . 1(0) ack 1 win 1000\n",
	  "challenge ACK to a RST not exactly at RCV.NXT but at 1001" },
	{ "RST outside", SERVER "9 < R 90001(0)\n" "9 > . 1(0) ack 1 win 1000\n",
	  "ACK to a RST outside the window, at 90001" },
	{ "SYN", SERVER "9 < S 0(0) win 1000\n" "9 > . 1(0) ack 1 win 1000\n", "challenge ACK to a SYN" },
	{ "ACK of the unsent", SERVER "9 < . 1(0) ack 5000 win 1000\n" "9 > . 1(0) ack 1 win 1000\n",
	  "challenge ACK to an ACK of what was not sent, 5000" },
	{ "ancient ACK", SERVER "5 > P. 1(100) ack 1 win 1000\n" "6 < . 1(0) ack 101 win 1000\n"
	  "9 < . 1(0) ack -70000 win 1000\n" "9 > . 101(0) ack 1 win 1000\n",
	  "challenge ACK to an ACK too old, 4294897296" },

	/* duplicate ACKs */
	{ "old data", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 1000\n"
	  "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n",
	  "duplicate ACK to old data 1:11" },
	{ "old data, D-SACK", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 1000\n"
	  "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000 sack 1:11\n",
	  "duplicate ACK to old data 1:11, D-SACK 1:11" },
	{ "FIN again from the peer", SERVER "5 < F. 1(0) ack 1 win 1000\n"
	  "5 > . 1(0) ack 2 win 1000\n" "9 < F. 1(0) ack 1 win 1000\n" "9 > . 1(0) ack 2 win 1000\n",
	  "duplicate ACK to a FIN that came before" },
	{ "gap", SERVER "9 < P. 11(10) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000 sack 11:21\n",
	  "duplicate ACK to data after a gap, 1:11 is missing, SACK 11:21" },
	{ "gap, D-SACK above", SERVER "8 < P. 11(10) ack 1 win 1000\n"
	  "8 > . 1(0) ack 1 win 1000 sack 11:21\n" "9 < P. 11(5) ack 1 win 1000\n"
	  "9 > . 1(0) ack 1 win 1000 sack 11:16 11:21\n",
	  "duplicate ACK to data after a gap, 1:11 is missing, D-SACK 11:16" },
	{ "beyond the window", SERVER "9 < F. 90001(0) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n",
	  "duplicate ACK to a segment beyond the window, at 90001" },
	{ "keepalive from the peer", SERVER "9 < . 0(0) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n",
	  "duplicate ACK to a keepalive probe" },
	{ "old sequence number", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 1000\n"
	  "9 < . 1(0) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n",
	  "duplicate ACK to an old sequence number, 1" },
	{ "old timestamp", SERVER_TS "9 < F. 1(0) ack 1 win 1000 ts 50\n"
	  "9 > . 1(0) ack 1 win 1000 ts 9\n", "duplicate ACK to an old timestamp" },
	{ "data into a zero window", SERVER "5 < P. 1(10) ack 1 win 1000\n"
	  "5 > . 1(0) ack 11 win 0\n" "9 < P. 11(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 0\n",
	  "duplicate ACK to data into a zero window" },
	{ "no cause", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 1000\n"
	  "99 > . 1(0) ack 11 win 1000\n", "duplicate ACK without a cause that is known" },

	{ "looked at late", SERVER "9 < R 90001(0)\n" "8 > . 1(0) ack 1 win 1000\n", "" },

	/* windows and delays */
	{ "delayed ACK", SERVER "100 < P. 1(10) ack 1 win 1000\n" "140 > . 1(0) ack 11 win 1000\n",
	  "delayed ACK, 40 ms after the data" },
	{ "delayed ACK of a FIN", SERVER "100 < F. 1(0) ack 1 win 1000\n"
	  "140 > . 1(0) ack 2 win 1000\n", "delayed ACK, 40 ms after the FIN" },
	{ "delay counts from the first", SERVER "100 < P. 1(10) ack 1 win 1000\n"
	  "120 < P. 11(10) ack 1 win 1000\n" "120 > . 1(0) ack 21 win 1000\n",
	  "delayed ACK, 20 ms after the data" },
	{ "window opens", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 0\n"
	  "500 > . 1(0) ack 11 win 1000\n", "window update, from 0 to 1000" },
	{ "window closes", SERVER "5 < P. 1(1000) ack 1 win 1000\n" "5 > . 1(0) ack 1001 win 0\n",
	  "ACK that closes the window" },
	{ "part", SERVER "5 < P. 1(1000) ack 1 win 1000\n" "5 > . 1(0) ack 501 win 500\n",
	  "ACK of a part, up to 501 of 1001" },
	{ "never sent", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 99 win 1000\n",
	  "ACK of what was never sent, 99 is beyond 11" },
	{ "goes back", SERVER "5 < P. 1(10) ack 1 win 1000\n" "5 > . 1(0) ack 11 win 1000\n"
	  "6 > . 1(0) ack 1 win 1000\n", "ACK that goes back, from 11 to 1" },

	/* TIME_WAIT */
	{ "FIN in TIME_WAIT", TIME_WAITING "90 < F. 1(0) ack 2 win 1000\n"
	  "90 > . 2(0) ack 2 win 1000\n", "ACK from TIME_WAIT to a FIN that came before" },
	{ "SYN in TIME_WAIT", TIME_WAITING "90 < S 0(0) win 1000\n" "90 > . 2(0) ack 2 win 1000\n",
	  "ACK from TIME_WAIT to a SYN" },

	/* RST */
	{ "closed port", "0 < S 0(0) win 1000\n" "0 > R. 0(0) ack 1 win 0\n",
	  "RST|ACK in reply to a SYN: nothing listens on the port" },
	{ "SYN after close", TIME_WAITING "90 < S 1000(0) win 1000\n" "90 > R. 0(0) ack 1001 win 0\n",
	  "RST|ACK in reply to a SYN: the connection is no more" },
	{ "FIN to no connection", "0 < F 5(0)\n" "0 > R. 0(0) ack 6\n",
	  "RST|ACK in reply to a segment without ACK that no connection takes" },
	{ "stray ACK", "0 < . 5(0) ack 9 win 1000\n" "0 > R 9(0)\n",
	  "RST in reply to an ACK that no connection takes" },
	{ "bad SYN-ACK", "0 > S 0(0) win 1000\n" "1 < S. 0(0) ack 500 win 1000\n" "1 > R 500(0)\n",
	  "RST in reply to an ACK that does not acknowledge the SYN" },
	{ "bad ACK in SYN_RECV", "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n"
	  "1 < . 1(0) ack 500 win 1000\n" "1 > R 500(0)\n",
	  "RST in reply to an ACK that does not acknowledge the SYN-ACK" },
	{ "data after close", SERVER "10 > F. 1(0) ack 1 win 1000\n" "20 < . 1(0) ack 2 win 1000\n"
	  "30 < P. 1(10) ack 2 win 1000\n" "30 > R 2(0)\n", "RST in reply to data after close" },
	{ "after a reset", SERVER "10 < R 1(0)\n" "20 < . 1(0) ack 1 win 1000\n" "20 > R 1(0)\n",
	  "RST in reply to a segment for a connection that was reset" },
	{ "late ACK", SERVER "10 < F. 1(0) ack 1 win 1000\n" "10 > . 1(0) ack 2 win 1000\n"
	  "20 > F. 1(0) ack 2 win 1000\n" "30 < . 2(0) ack 2 win 1000\n"
	  "40 < . 2(0) ack 2 win 1000\n" "40 > R 2(0)\n",
	  "RST in reply to a segment that no connection takes" },
	{ "not at the ACK number", SERVER "10 < . 1(0) ack 1 win 1000\n" "10 > R 77(0)\n",
	  "RST, but not at 1, the ACK number of what it answers" },
	{ "from nowhere", SERVER "500 > R 1(0)\n", "RST without ACK that answers nothing" },
	{ "abort", SERVER "500 > R. 1(0) ack 1\n",
	  "abort by RST|ACK: probably a close with unread data, or with linger 0" },
	{ "abort of a dead peer", SERVER "5000 > . 0(0) ack 1 win 1000\n"
	  "6000 > . 0(0) ack 1 win 1000\n" "7000 > R. 1(0) ack 1\n",
	  "abort by RST|ACK: 2 keepalive probes went unanswered" },
	{ "abort of an orphan", SERVER "10 > F. 1(0) ack 1 win 1000\n" "210 > F. 1(0) ack 1 win 1000\n"
	  "900 > R. 2(0) ack 1\n", "abort by RST|ACK: 1 retransmission went unanswered" },
	{ "abort elsewhere", SERVER "500 > R. 7(0) ack 1\n", "RST|ACK at 7, which is not within 1:1" },

	{ "RST to a FIN after close that leaves a hole",
	  SERVER "9 > F. 1(0) ack 1 win 1000\n"
		 "9 < . 1(0) ack 2 win 1000\n"
		 "20 < F. 2(0) ack 2 win 1000\n"
		 "20 > R 2(0)\n",
	  "RST in reply to a FIN after close that leaves a hole, 1:2 is missing" },
	{ "a stale SACK block",
	  SERVER "9 < P. 1(100) ack 1 win 1000\n"
		 "9 > . 1(0) ack 101 win 1000\n"
		 "20 < P. 101(100) ack 1 win 1000\n"
		 "20 > . 1(0) ack 201 win 1000 sack 51:101\n",
	  "ACK with a stale SACK block, 51:101 is acknowledged" },
	{ "a D-SACK block is not stale",
	  SERVER "9 < P. 1(100) ack 1 win 1000\n"
		 "9 > . 1(0) ack 101 win 1000\n"
		 "20 < P. 1(100) ack 1 win 1000\n"
		 "20 > . 1(0) ack 101 win 1000 sack 1:101\n",
	  "duplicate ACK to old data 1:101, D-SACK 1:101" },
	{ "no flags", SERVER "9 > - 1(0)\n", "segment without any flag that means something" },
	/* clang-format on */
};

static uint16_t parse_flags(const char *letters)
{
	static const char names[] = "FSRP.";
	uint16_t flags = 0;

	for (; *letters; letters++)
		if (strchr(names, *letters))
			flags |= (uint16_t)(1u << (strchr(names, *letters) - names));
	return flags;
}

static void append_number(struct tcp_header *tcp, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		tcp->options[tcp->options_length++] = (uint8_t)(number >> shift);
}

static void append_option(struct tcp_header *tcp, uint8_t kind, uint8_t length)
{
	tcp->options[tcp->options_length++] = kind;
	tcp->options[tcp->options_length++] = length;
}

static void parse_option(struct tcp_header *tcp, const char *word, char **rest)
{
	uint32_t edges[4];
	int count;

	if (!strcmp(word, "sackOK")) {
		append_option(tcp, TCPOPT_KIND_SACK_OK, 2);
	} else if (!strcmp(word, "ts")) {
		append_option(tcp, TCPOPT_KIND_TS, 10);
		append_number(tcp, (uint32_t)atol(strtok_r(NULL, " ", rest)));
		append_number(tcp, 0);
	} else if (!strcmp(word, "sack")) {
		count = sscanf(*rest, "%u:%u %u:%u", &edges[0], &edges[1], &edges[2], &edges[3]);
		append_option(tcp, TCPOPT_KIND_SACK, (uint8_t)(2 + 4 * count));
		for (int i = 0; i < count; i++)
			append_number(tcp, edges[i]);
		*rest += strlen(*rest);
	} else {
		fail_msg("unknown word %s", word);
	}
}

static void parse_segment(char *line, struct segment *segment, char *direction, usec_t *at)
{
	char flags[16], *word, *rest;
	unsigned milliseconds, sequence, length;
	int used = 0;

	memset(segment, 0, sizeof(*segment));
	segment->protocol = IPPROTO_TCP;
	assert_int_equal(sscanf(line, "%u %c %15s %u(%u)%n", &milliseconds, direction, flags,
	                        &sequence, &length, &used),
	                 5);
	*at = milliseconds * (usec_t)USEC_PER_MSEC;
	segment->tcp.flags = parse_flags(flags);
	segment->tcp.sequence = sequence;
	segment->payload_length = length;
	rest = line + used;
	while ((word = strtok_r(NULL, " ", &rest))) {
		if (!strcmp(word, "ack"))
			segment->tcp.acknowledgment = (uint32_t)atol(strtok_r(NULL, " ", &rest));
		else if (!strcmp(word, "win"))
			segment->tcp.window = (uint16_t)atol(strtok_r(NULL, " ", &rest));
		else
			parse_option(&segment->tcp, word, &rest);
	}
}

/*
 * Plays a history into the flow; `text` becomes the name of its last segment, whose class it gives.
 */
static enum segment_class play(struct flow *flow, const char *history, char *text, size_t size)
{
	char *copy = strdup(history), *line, *rest = copy, direction;
	enum segment_class class = CLASS_NONE;
	struct flow_segment segment;

	usec_t at;

	while ((line = strtok_r(NULL, "\n", &rest))) {
		parse_segment(line, &segment.segment, &direction, &at);
		if (direction == '<') {
			flow_injected(flow, &segment, at);
		} else {
			class = flow_classify(flow, &segment, at, text, size);
			flow_sent(flow, &segment, at);
		}
	}
	free(copy);
	return class;
}

static void test_rows(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct flow flow = { 0 };
		char text[128] = "untouched";

		play(&flow, rows[i].history, text, sizeof(text));
		if (strcmp(text, rows[i].text)) {
			print_error("%s: \"%s\", not \"%s\"\n", rows[i].name, text, rows[i].text);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

/* Each class is that of some history, and what the words are found by. */
static void test_classes(void **state)
{
	/* The second is one that no history can show, see test_what_is_known(). */
	bool seen[SEGMENT_CLASSES] = { [CLASS_NONE] = true, [CLASS_ABORT_DISCONNECT] = true };
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct flow flow = { 0 };
		char text[128] = "";
		enum segment_class class = play(&flow, rows[i].history, text, sizeof(text));
		enum segment_class found = *text ? class_find(text) : CLASS_NONE;

		seen[class] = true;
		if (found != class) {
			print_error("%s: \"%s\" is found as %s\n", rows[i].name, text,
			            found ? class_row(found)->name : "nothing");
			wrong++;
		}
	}
	for (enum segment_class class = CLASS_NONE; class < SEGMENT_CLASSES; class ++)
		if (!seen[class]) {
			print_error("%s: no history has it\n", class_row(class)->name);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

static bool is_name(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz-") == strlen(name);
}

/* Of each class there is something to know; what a kernel counts is a counter that is known. */
static void test_knowledge(void **state)
{
	(void)state;
	for (enum segment_class class = CLASS_NONE + 1; class < SEGMENT_CLASSES; class ++) {
		const struct class_row *row = class_row(class);
		char *counters = strdup(row->counters), *rest = NULL;

		assert_true(is_name(row->name));
		assert_int_equal(class_find(row->name), class);
		assert_int_equal(row->meaning[strlen(row->meaning) - 1], '.');
		assert_true(!strncmp(row->clause, "RFC ", 4));
		assert_true(*row->function || !*row->counters);
		for (char *word = strtok_r(counters, " ", &rest); word;
		     word = strtok_r(NULL, " ", &rest))
			if (!counter_is_known(word))
				fail_msg("%s: there is no counter %s", row->name, word);
		free(counters);
	}
	assert_int_equal(class_find("nonsense"), CLASS_NONE);
	assert_int_equal(class_find("abort by RST|ACK: a close with linger 0, says TCPAbortOnData"),
	                 CLASS_ABORT_CLOSE);
}

static void test_numbers_wrap(void **state)
{
	struct flow flow = { 0 };
	char text[128];

	(void)state;
	play(&flow,
	     "0 < S 4294967290(0) win 1000\n"
	     "0 > S. 4294967290(0) ack 4294967291 win 1000\n"
	     "1 < . 4294967291(0) ack 4294967291 win 1000\n"
	     "2 > P. 4294967291(100) ack 4294967291 win 1000\n"
	     "3 > P. 4294967291(100) ack 4294967291 win 1000\n",
	     text, sizeof(text));
	assert_string_equal(text,
	                    "retransmission of 4294967291:95, 2nd time, 0.001 s after the first");
	play(&flow,
	     "4 < P. 4294967291(10) ack 95 win 1000\n"
	     "4 > . 95(0) ack 5 win 1000\n",
	     text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(flow.send_una, 95);
	assert_int_equal(flow.receive_next, 5);
}

/* What is known of the connection beyond its segments takes the place of a guess. */
static void test_what_is_known(void **state)
{
	static const char quiet_tail[] = "0 < S 0(0) win 1000 sackOK\n"
					 "0 > S. 0(0) ack 1 win 1000 sackOK\n"
					 "1 < . 1(0) ack 1 win 1000\n"
					 "2 > P. 1(100) ack 1 win 1000\n"
					 "30 > P. 1(100) ack 1 win 1000\n";
	struct flow flow = { 0 };
	char text[128];

	(void)state;
	play(&flow, quiet_tail, text, sizeof(text));
	assert_non_null(strstr(text, "tail loss probe"));
	flow = (struct flow){ .no_loss_probe = true };
	play(&flow, quiet_tail, text, sizeof(text));
	assert_null(strstr(text, "tail loss probe"));
	flow = (struct flow){ .dissolved = true };
	assert_int_equal(play(&flow, SERVER "9 > R. 1(0) ack 1 win 0\n", text, sizeof(text)),
	                 CLASS_ABORT_DISCONNECT);
	assert_int_equal(class_find(text), CLASS_ABORT_DISCONNECT);
}

static void test_other_protocols_change_nothing(void **state)
{
	struct flow flow, before;
	struct flow_segment icmp = { { .protocol = IPPROTO_ICMP, .icmp = { .type = 3 } } };
	char text[16] = "x";

	(void)state;
	memset(&flow, 0, sizeof(flow));
	play(&flow, SERVER, text, sizeof(text));
	before = flow;
	flow_classify(&flow, &icmp, 9, text, sizeof(text));
	flow_sent(&flow, &icmp, 9);
	flow_injected(&flow, &icmp, 9);
	assert_string_equal(text, "");
	assert_memory_equal(&flow, &before, sizeof(flow));
}

static void test_text_is_cut(void **state)
{
	struct flow flow = { 0 };
	char text[12];

	(void)state;
	play(&flow,
	     "0 > S 0(0)\n"
	     "9 > S 0(0)\n",
	     text, sizeof(text));
	assert_string_equal(text, "retransmitt");
}

/* More gaps and segments than are kept must stay within the tables. */
static void test_tables_overflow(void **state)
{
	struct flow flow = { 0 };
	char text[128], line[64];

	(void)state;
	play(&flow, SERVER, text, sizeof(text));
	for (unsigned i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "%u < P. %u(1) ack 1 win 1000\n", 10 + i, 3 + 2 * i);
		play(&flow, line, text, sizeof(text));
		snprintf(line, sizeof(line), "%u > P. %u(10) ack 1 win 1000\n", 10 + i, 1 + 10 * i);
		play(&flow, line, text, sizeof(text));
	}
	assert_int_equal(flow.ahead_count, FLOW_RANGES);
	assert_int_equal(flow.sent_count, 100);
	play(&flow, "500 > P. 1(10) ack 1 win 1000\n", text, sizeof(text));
	assert_string_equal(text, "retransmission of 1:11");
}

/* ---- counters ---- */

static void test_counters_are_known(void **state)
{
	const struct counter_row *row;
	size_t i;

	(void)state;
	for (i = 0; (row = counter_row(i)); i++) {
		const char *same = row->name;

		if (!counter_is_known(row->name))
			fail_msg("no kernel has a counter %s", row->name);
		assert_ptr_equal(counter_next(&same), row);
		assert_true(strlen(row->text) > 10 && row->text[strlen(row->text) - 1] != '.');
	}
	assert_true(i > 40);
}

static void test_counters_that_moved(void **state)
{
	const char *moved = "OutRsts +1, ListenOverflows +2, NoSuchOne -1, TW +1";

	(void)state;
	assert_string_equal(counter_next(&moved)->name, "ListenOverflows");
	assert_string_equal(counter_next(&moved)->name, "TW");
	assert_null(counter_next(&moved));
	assert_null(counter_next(&moved));
	moved = "";
	assert_null(counter_next(&moved));
}

/* A history that leaves a guess, what moved, and what is known then. */
static const struct {
	const char *history, *moved, *text;
} guesses[] = {
	{ SERVER "20 > R. 1(0) ack 1 win 1000\n", "OutRsts +1, TCPAbortOnClose +1",
	  "abort by RST|ACK: a close with unread data, says TCPAbortOnClose" },
	{ SERVER "20 > R. 1(0) ack 1 win 1000\n", "TCPAbortOnData +1",
	  "abort by RST|ACK: a close with linger 0, says TCPAbortOnData" },
	{ SERVER "20 > R. 1(0) ack 1 win 1000\n", "TCPAbortOnData +1, TCPAbortOnClose +1",
	  "abort by RST|ACK: probably a close with unread data, or with linger 0" },
	{ SERVER "20 > R. 1(0) ack 1 win 1000\n", "",
	  "abort by RST|ACK: probably a close with unread data, or with linger 0" },
	{ SERVER "20 > . 1(0) ack 1 win 1000\n40 > . 1(0) ack 1 win 1000\n", "BeyondWindow +1",
	  "duplicate ACK to a segment beyond the window, says BeyondWindow" },
	/* Nothing was guessed. */
	{ SERVER "20 > F. 1(0) ack 1 win 1000\n", "TCPAbortOnData +1", "" },
};

static void test_counters_settle_guesses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(guesses) / sizeof(*guesses); i++) {
		struct flow flow = { 0 };
		char text[128];

		play(&flow, guesses[i].history, text, sizeof(text));
		counter_settle_guess(guesses[i].moved, text, sizeof(text));
		assert_string_equal(text, guesses[i].text);
	}
}

/* There is no room for all of it. */
static void test_settled_guess_is_cut(void **state)
{
	char text[60] = "abort by RST|ACK: " GUESS_PROBE;

	(void)state;
	counter_settle_guess("TCPTimeouts +1", text, 40);
	assert_string_equal(text, "abort by RST|ACK: by the retransmission");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_knowledge),
		cmocka_unit_test(test_numbers_wrap),
		cmocka_unit_test(test_what_is_known),
		cmocka_unit_test(test_other_protocols_change_nothing),
		cmocka_unit_test(test_text_is_cut),
		cmocka_unit_test(test_tables_overflow),
		cmocka_unit_test(test_counters_are_known),
		cmocka_unit_test(test_counters_that_moved),
		cmocka_unit_test(test_counters_settle_guesses),
		cmocka_unit_test(test_settled_guess_is_cut),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
