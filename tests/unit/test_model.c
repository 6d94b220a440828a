/*
 * The model of an endpoint: histories, and the rule that the last line breaks. The sentences that
 * they are written from are RFC 9293's and those of the documents that the clauses name. A line is
 *     milliseconds  <  flags  seq(length)  [ack N]  [win N]  [ts VALUE ECHO]    a segment arrives
 *     milliseconds  >  ...                                                      one is sent
 *     milliseconds  !  CALL  [bytes]  = RESULT                                  the program calls
 *     milliseconds  =  STATE                                                    the state is seen
 *     milliseconds  .                                                           time passes
 *     milliseconds  ?  COUNTER N     what it has been moved by
 *     milliseconds  p  EVENTS        what poll(2) says of "ioh" and "r": POLLIN, OUT, HUP, RDHUP
 */
#include "model/model.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/arrival_rules.h"
#include "model/counter_rules.h"
#include "model/look_rules.h"
#include "model/poll_rules.h"
#include "model/send_rules.h"
#include "model/time_rules.h"
#include "model/transition_list.h"
#include "wire/tcp_options.h"

#define SERVER                         \
	"0 < S 0(0) win 1000\n"        \
	"0 > S. 0(0) ack 1 win 1000\n" \
	"1 < . 1(0) ack 1 win 1000\n"  \
	"1 = ESTABLISHED\n"

#define SERVER_TS                               \
	"0 < S 0(0) win 1000 ts 100 0\n"        \
	"0 > S. 0(0) ack 1 win 1000 ts 5 100\n" \
	"1 < . 1(0) ack 1 win 1000 ts 110 5\n"

#define CLIENT                         \
	"0 > S 0(0) win 1000\n"        \
	"0 = SYN_SENT\n"               \
	"1 < S. 0(0) ack 1 win 1000\n" \
	"1 > . 1(0) ack 1 win 1000\n"

#define FIN_WAIT_1            \
	SERVER                \
	"10 ! shutdown = 0\n" \
	"10 > F. 1(0) ack 1 win 1000\n"

#define FIN_WAIT_2 FIN_WAIT_1 "20 < . 1(0) ack 2 win 1000\n"

#define CLOSING                                    \
	FIN_WAIT_1 "20 < F. 1(0) ack 1 win 1000\n" \
		   "20 > . 2(0) ack 2 win 1000\n"

#define TIME_WAIT                                  \
	FIN_WAIT_2 "30 < F. 1(0) ack 2 win 1000\n" \
		   "30 > . 2(0) ack 2 win 1000\n"

#define CLOSE_WAIT                             \
	SERVER "10 < F. 1(0) ack 1 win 1000\n" \
	       "10 > . 1(0) ack 2 win 1000\n"

#define LAST_ACK                      \
	CLOSE_WAIT "20 ! close = 0\n" \
		   "20 > F. 1(0) ack 2 win 1000\n"

enum who { RFC, LINUX, BOTH };

static const struct row {
	const char *name;
	enum who who;
	const char *history, *rule;
} rows[] = {
	/* clang-format off */
	/* 3.10.7.1 CLOSED: "An incoming segment not containing a RST causes a RST to be sent" */
	{ "RST of no connection", BOTH, "0 < . 5(0) ack 9 win 1\n" "0 > R 9(0)\n", "" },
	{ "RST at another number", BOTH, "0 < . 5(0) ack 9 win 1\n" "0 > R 10(0)\n", "rst-from-nothing" },
	{ "RST,ACK of no connection", BOTH, "0 < F 5(3)\n" "0 > R. 0(0) ack 9\n", "" },
	{ "RST,ACK, the FIN not counted", BOTH, "0 < F 5(3)\n" "0 > R. 0(0) ack 8\n", "rst-from-nothing" },
	{ "RST for a RST", BOTH, "0 < R 5(0)\n" "0 > R 0(0)\n", "rst-from-nothing" },
	{ "text of no connection", BOTH, "0 < . 5(0) ack 9 win 1\n" "0 > . 9(0) ack 5 win 1\n", "closed-sends" },

	/* 3.10.7.3 SYN-SENT */
	{ "client", BOTH, CLIENT "1 = ESTABLISHED\n", "" },
	{ "a bad ACK is reset", BOTH, "0 > S 0(0) win 1000\n" "1 < S. 0(0) ack 7 win 1\n" "1 > R 7(0)\n" "1 = SYN_SENT\n", "" },
	{ "a bad ACK is not taken", BOTH, "0 > S 0(0) win 1000\n" "1 < S. 0(0) ack 7 win 1\n" "1 > R 7(0)\n" "1 = ESTABLISHED\n", "state" },
	{ "a bad ACK left alone", BOTH, "0 > S 0(0) win 1000\n" "1 < S. 0(0) ack 7 win 1\n" "900 .\n", "syn-sent-bad-ack" },
	{ "refused", BOTH, "0 > S 0(0) win 1000\n" "1 < R. 0(0) ack 1 win 1\n" "1 = CLOSED\n", "" },
	{ "a RST without ACK refuses nothing", BOTH, "0 > S 0(0) win 1000\n" "1 < R 0(0)\n" "1 = CLOSED\n", "state" },
	{ "crossed SYNs", BOTH, "0 > S 0(0) win 1000\n" "1 < S 0(0) win 1\n" "1 > S. 0(0) ack 1 win 1\n" "1 = SYN_RECV\n" "2 < . 1(0) ack 1 win 1\n" "2 = ESTABLISHED\n", "" },
	{ "the SYN,ACK is not acknowledged", BOTH, "0 > S 0(0) win 1000\n" "1 < S. 0(0) ack 1 win 1\n" "900 .\n", "syn-sent-syn-ack" },

	/* 3.10.7.4 first: "If an incoming segment is not acceptable, an acknowledgment should be sent" */
	{ "before the window", BOTH, SERVER "9 < . 0(0) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n", "" },
	{ "... not answered", BOTH, SERVER "9 < . 0(0) ack 1 win 1000\n" "900 .\n", "unacceptable" },
	{ "FIN behind the window not answered", BOTH, SERVER "9 < F. 5000(0) ack 1 win 1000\n" "900 .\n", "unacceptable-text" },
	{ "FIN behind the window taken", BOTH, SERVER "9 < F. 5000(0) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n" "9 = CLOSE_WAIT\n", "state" },
	{ "two answered by one (MUST-58)", BOTH, SERVER "9 < P. 5000(5) ack 1 win 1000\n" "9 < P. 6000(5) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n" "900 .\n", "" },
	{ "an old timestamp", BOTH, SERVER_TS "9 < F. 1(0) ack 1 win 1000 ts 90 5\n" "9 > . 1(0) ack 1 win 1000 ts 9 110\n" "9 = ESTABLISHED\n", "" },
	{ "an old timestamp is not taken", BOTH, SERVER_TS "9 < F. 1(0) ack 1 win 1000 ts 90 5\n" "9 > . 1(0) ack 2 win 1000 ts 9 110\n", "ack-of-unreceived" },

	/* second: RST, with RFC 5961 */
	{ "RST at RCV.NXT", BOTH, SERVER "9 < R 1(0)\n" "9 = CLOSED\n", "" },
	{ "... that changes nothing", BOTH, SERVER "9 < R 1(0)\n" "9 = ESTABLISHED\n", "state" },
	{ "RST outside the window", BOTH, SERVER "9 < R 5000(0)\n" "9 = CLOSED\n", "state" },
	{ "RST in the window", BOTH, SERVER "9 < R 10(0)\n" "9 > . 1(0) ack 1 win 1000\n" "9 = ESTABLISHED\n", "" },
	{ "... not challenged", LINUX, SERVER "9 < R 10(0)\n" "900 .\n", "rst-in-window" },
	{ "... as in RFC 793", RFC, SERVER "9 < R 10(0)\n" "9 = CLOSED\n", "" },
	{ "... as in RFC 793, which Linux promises not to be", LINUX, SERVER "9 < R 10(0)\n" "9 = CLOSED\n", "state" },
	{ "RST on the peer's FIN", LINUX, CLOSE_WAIT "20 < R 1(0)\n" "20 = CLOSED\n", "" },
	{ "... which is no RFC's", RFC, CLOSE_WAIT "20 < R 1(0)\n" "20 = CLOSED\n", "state" },
	{ "SYN-RECEIVED returns to LISTEN", BOTH, "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n" "1 < R 1(0)\n" "1 = CLOSED\n", "" },
	{ "a blind RST in SYN-RECEIVED", LINUX, "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n" "1 < R 10(0)\n" "1 = CLOSED\n", "state" },

	/* fourth: "MUST send a challenge ACK" */
	{ "SYN", BOTH, SERVER "9 < S 700(0) win 1\n" "9 > . 1(0) ack 1 win 1000\n" "9 = ESTABLISHED\n", "" },
	{ "SYN not challenged", LINUX, SERVER "9 < S 700(0) win 1\n" "900 .\n", "syn" },

	/* fifth: ACK */
	{ "no ACK", BOTH, SERVER "9 < F 1(0)\n" "9 = CLOSE_WAIT\n", "state" },
	{ "ACK of what was not sent", BOTH, SERVER "9 < F. 1(0) ack 99 win 1000\n" "9 > . 1(0) ack 1 win 1000\n" "9 = ESTABLISHED\n", "" },
	{ "... its FIN is not taken", BOTH, SERVER "9 < F. 1(0) ack 99 win 1000\n" "9 > . 1(0) ack 2 win 1000\n", "ack-of-unreceived" },
	{ "a bad ACK in SYN-RECEIVED", BOTH, "0 < S 0(0) win 1000\n" "0 > S. 0(0) ack 1 win 1000\n" "1 < . 1(0) ack 9 win 1000\n" "1 > R 9(0)\n" "1 = SYN_RECV\n", "" },
	{ "our FIN acknowledged", BOTH, FIN_WAIT_2 "20 = FIN_WAIT_2\n", "" },
	{ "our FIN not acknowledged", BOTH, FIN_WAIT_1 "20 < . 1(0) ack 1 win 1000\n" "20 = FIN_WAIT_2\n", "state" },
	{ "CLOSING, our FIN acknowledged", BOTH, CLOSING "20 = CLOSING\n" "30 < . 2(0) ack 2 win 1000\n" "30 = TIME_WAIT\n", "" },
	{ "CLOSING, a FIN again", BOTH, CLOSING "30 < F. 1(0) ack 1 win 1000\n" "30 > . 2(0) ack 2 win 1000\n" "30 = CLOSING\n", "" },
	{ "CLOSING, an old ACK ends nothing", BOTH, CLOSING "30 < . 2(0) ack 1 win 1000\n" "30 = TIME_WAIT\n", "state" },
	{ "LAST-ACK", BOTH, LAST_ACK "20 = LAST_ACK\n" "30 < . 2(0) ack 2 win 1000\n" "30 = CLOSED\n" "40 < . 2(0) ack 2 win 1000\n" "40 > R 2(0)\n", "" },
	{ "LAST-ACK keeps no TIME-WAIT", BOTH, LAST_ACK "30 < . 2(0) ack 2 win 1000\n" "30 = TIME_WAIT\n", "state" },

	/* seventh: text */
	{ "text", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "400 > . 1(0) ack 11 win 1000\n", "" },
	{ "text acknowledged too late (MUST-40)", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "900 .\n", "text" },
	{ "text not received is acknowledged", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 12 win 1000\n", "ack-of-unreceived" },
	{ "a gap", BOTH, SERVER "9 < P. 11(10) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n" "10 < P. 1(10) ack 1 win 1000\n" "10 > . 1(0) ack 21 win 1000\n", "" },
	{ "behind a gap nothing is acknowledged", BOTH, SERVER "9 < P. 11(10) ack 1 win 1000\n" "9 > . 1(0) ack 21 win 1000\n", "ack-of-unreceived" },
	{ "an ACK goes back", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n" "10 > . 1(0) ack 1 win 1000\n", "ack-goes-back" },
	{ "after close there is a RST (SHLD-3)", BOTH, SERVER "5 ! close = 0\n" "5 > F. 1(0) ack 1 win 1000\n" "6 < . 1(0) ack 2 win 1000\n" "9 < P. 1(10) ack 2 win 1000\n" "9 > R 2(0)\n" "9 = CLOSED\n", "" },
	{ "after shutdown there is none", BOTH, FIN_WAIT_2 "30 < P. 1(10) ack 2 win 1000\n" "30 > R 2(0)\n", "rst-without-reason" },

	{ "text that ends behind the window is taken", BOTH, SERVER "9 < P. 1(1010) ack 1 win 1000\n" "9 > . 1(0) ack 1011 win 0\n", "" },
	{ "... or trimmed", BOTH, SERVER "9 < P. 1(1010) ack 1 win 1000\n" "9 > . 1(0) ack 1001 win 0\n", "" },
	{ "... or dropped", BOTH, SERVER "9 < P. 1(1010) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n", "" },
	{ "text over the window", LINUX, SERVER "9 < P. 0(1010) ack 1 win 1000\n" "9 > . 1(0) ack 1010 win 0\n", "" },
	{ "... is not acceptable", RFC, SERVER "9 < P. 0(1010) ack 1 win 1000\n" "9 > . 1(0) ack 1010 win 0\n", "ack-of-unreceived" },

	/* eighth: FIN */
	{ "ESTABLISHED", BOTH, CLOSE_WAIT "10 = CLOSE_WAIT\n", "" },
	{ "a FIN behind a gap", BOTH, SERVER "9 < F. 11(0) ack 1 win 1000\n" "9 > . 1(0) ack 1 win 1000\n" "9 = ESTABLISHED\n" "10 < P. 1(10) ack 1 win 1000\n" "10 > . 1(0) ack 12 win 1000\n" "10 = CLOSE_WAIT\n", "" },
	{ "a FIN not acknowledged", BOTH, SERVER "9 < F. 1(0) ack 1 win 1000\n" "900 .\n", "fin-established" },
	{ "FIN-WAIT-1, ours not acknowledged", BOTH, CLOSING "20 = CLOSING\n", "" },
	{ "FIN-WAIT-1, ours acknowledged", BOTH, FIN_WAIT_1 "20 < F. 1(0) ack 2 win 1000\n" "20 > . 2(0) ack 2 win 1000\n" "20 = TIME_WAIT\n", "" },
	{ "FIN-WAIT-1, ours acknowledged, is not CLOSING", BOTH, FIN_WAIT_1 "20 < F. 1(0) ack 2 win 1000\n" "20 = CLOSING\n", "state" },
	{ "FIN-WAIT-2", BOTH, TIME_WAIT "30 = TIME_WAIT\n", "" },
	{ "TIME-WAIT, a FIN again", BOTH, TIME_WAIT "90 < F. 1(0) ack 2 win 1000\n" "90 > . 2(0) ack 2 win 1000\n", "" },
	{ "TIME-WAIT, a FIN again not answered", BOTH, TIME_WAIT "90 < F. 1(0) ack 2 win 1000\n" "900 .\n", "time-wait-fin-again" },
	{ "TIME-WAIT, a FIN again answered by RST", BOTH, TIME_WAIT "90 < F. 1(0) ack 2 win 1000\n" "90 > R 2(0)\n", "time-wait-rst" },
	{ "across 2^32", BOTH, "0 < S 4294967290(0) win 1000\n" "0 > S. 4294967295(0) ack 4294967291 win 1000\n" "1 < . 4294967291(0) ack 0 win 1000\n" "2 < FP. 4294967291(10) ack 0 win 1000\n" "2 > . 0(0) ack 6 win 1000\n" "2 = CLOSE_WAIT\n", "" },

	/* 3.10.4 CLOSE, 3.10.5 ABORT */
	{ "a FIN that nobody asked for", BOTH, SERVER "9 > F. 1(0) ack 1 win 1000\n", "fin-uncalled" },
	{ "text after the FIN", BOTH, FIN_WAIT_1 "11 > P. 2(5) ack 1 win 1000\n", "text-on-fin" },
	{ "the FIN elsewhere", BOTH, FIN_WAIT_1 "250 > F. 2(0) ack 1 win 1000\n", "fin-elsewhere" },
	{ "the FIN again", BOTH, FIN_WAIT_1 "250 > F. 1(0) ack 1 win 1000\n", "" },
	{ "the FIN not again", BOTH, FIN_WAIT_1 "9000 .\n", "retransmission" },
	{ "a FIN before text is over", BOTH, SERVER "5 > P. 1(10) ack 1 win 1000\n" "10 ! shutdown = 0\n" "10 > F. 5(0) ack 1 win 1000\n", "fin-over-text" },
	{ "an abort", BOTH, SERVER "10 ! abort = 0\n" "10 > R. 1(0) ack 1\n" "10 = CLOSED\n", "" },
	{ "an abort without RST", BOTH, SERVER "10 ! abort = 0\n" "900 .\n", "abort" },
	{ "an abort that no window takes", BOTH, SERVER "10 ! abort = 0\n" "10 > R. 500(0) ack 1\n", "rst-from-nothing" },
	{ "unread text (SHLD-3)", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n" "10 ! close = 0\n" "10 > R. 1(0) ack 11\n", "" },
	{ "no unread text, and a RST", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n" "10 ! read 99 = 10\n" "10 ! close = 0\n" "10 > R. 1(0) ack 11\n", "rst-without-reason" },
	{ "after an abort there is no FIN", BOTH, SERVER "10 ! abort = 0\n" "10 > R. 1(0) ack 1\n" "10 > F. 1(0) ack 1 win 1000\n", "closed-sends" },

	/* what must be sent */
	{ "text", BOTH, SERVER "10 ! write 9 = 9\n" "10 > P. 1(9) ack 1 win 1000\n" "900 .\n", "" },
	{ "text is not sent", BOTH, SERVER "10 ! write 9 = 9\n" "900 .\n", "send-on" },
	{ "the FIN is not sent", BOTH, SERVER "10 ! shutdown = 0\n" "900 .\n", "send-on" },
	{ "a long round trip, and a probe, put the timeout off (RFC 6298 2, RFC 8985 7.3)", BOTH, "0 > S 0(0) win 1000\n" "1000 > S 0(0) win 1000\n" "3000 > S 0(0) win 1000\n" "7000 < S. 0(0) ack 1 win 1000\n" "7000 > . 1(0) ack 1 win 1000\n" "8000 ! write 9 = 9\n" "8000 > P. 1(9) ack 1 win 1000\n" "55000 .\n", "" },
	{ "... but not for ever", BOTH, "0 > S 0(0) win 1000\n" "1000 > S 0(0) win 1000\n" "3000 > S 0(0) win 1000\n" "7000 < S. 0(0) ack 1 win 1000\n" "7000 > . 1(0) ack 1 win 1000\n" "8000 ! write 9 = 9\n" "8000 > P. 1(9) ack 1 win 1000\n" "65000 .\n", "retransmission" },
	{ "... where the window is closed", BOTH, SERVER "9 < . 1(0) ack 1 win 0\n" "10 ! shutdown = 0\n" "900 .\n", "" },
	{ "an ACK with another number", BOTH, SERVER "9 < . 0(0) ack 1 win 1000\n" "9 > . 0(0) ack 1 win 1000\n", "ack-elsewhere" },
	{ "a window is taken back", BOTH, SERVER "9 < P. 1(5) ack 1 win 1000\n" "9 > . 1(0) ack 6 win 1000\n" "10 > . 1(0) ack 6 win 900\n", "window-shrinks" },
	{ "the timeout is doubled", BOTH, FIN_WAIT_1 "210 > F. 1(0) ack 1 win 1000\n" "610 > F. 1(0) ack 1 win 1000\n" "1410 > F. 1(0) ack 1 win 1000\n" "3010 > F. 1(0) ack 1 win 1000\n", "" },
	{ "the timeout is not doubled", BOTH, FIN_WAIT_1 "210 > F. 1(0) ack 1 win 1000\n" "610 > F. 1(0) ack 1 win 1000\n" "1410 > F. 1(0) ack 1 win 1000\n" "2210 > F. 1(0) ack 1 win 1000\n", "backs-not-off" },
	{ "text comes again and is not acknowledged", BOTH, SERVER "9 < P. 1(5) ack 1 win 1000\n" "9 > . 1(0) ack 6 win 1000\n" "20 < P. 1(5) ack 1 win 1000\n" "900 .\n", "unacceptable-text" },

	/* errors are told once */
	{ "a RST is not told to a reader", BOTH, SERVER "9 < R 1(0)\n" "10 ! read 99 = 0\n", "receive-reset" },
	{ "a RST is told to a writer as EPIPE", BOTH, SERVER "9 < R 1(0)\n" "10 ! write 9 = -32\n", "send-reset" },
	{ "SO_ERROR", BOTH, SERVER "9 < R 1(0)\n" "10 ! error = -104\n" "11 ! error = 0\n" "12 ! read 99 = 0\n", "" },
	{ "SO_ERROR, told twice", BOTH, SERVER "9 < R 1(0)\n" "10 ! error = -104\n" "11 ! error = -104\n", "error-none" },
	{ "SO_ERROR, not told", BOTH, SERVER "9 < R 1(0)\n" "10 ! error = 0\n", "error-reset" },
	{ "a RST in CLOSE-WAIT is told as EPIPE", LINUX, CLOSE_WAIT "20 < R 2(0)\n" "20 ! error = -32\n", "" },
	{ "... which is no RFC's", RFC, CLOSE_WAIT "20 < R 2(0)\n" "20 ! error = -32\n", "error-reset" },
	{ "an error waits", BOTH, SERVER "9 < R 1(0)\n" "10 p ioehr\n", "" },
	{ "an error waits, and poll does not say so", BOTH, SERVER "9 < R 1(0)\n" "10 p iohr\n", "poll-error" },
	{ "without a connection nothing is read", BOTH, SERVER "10 ! abort = 0\n" "10 > R. 1(0) ack 1\n" "11 ! read 99 = 0\n", "receive-aborted" },

	/* results */
	{ "the end of the stream", BOTH, CLOSE_WAIT "20 ! read 99 = 0\n", "" },
	{ "an end before the FIN", BOTH, SERVER "20 ! read 99 = 0\n", "receive-wait" },
	{ "text and then the end", BOTH, SERVER "10 < FP. 1(10) ack 1 win 1000\n" "10 > . 1(0) ack 12 win 1000\n" "20 ! read 99 = 10\n" "20 ! read 99 = 0\n", "" },
	{ "text twice", BOTH, SERVER "10 < FP. 1(10) ack 1 win 1000\n" "10 > . 1(0) ack 12 win 1000\n" "20 ! read 99 = 10\n" "20 ! read 99 = 10\n", "receive-end" },
	{ "a write after shutdown", BOTH, FIN_WAIT_2 "30 ! write 9 = -32\n", "" },
	{ "a write after shutdown is taken", BOTH, FIN_WAIT_2 "30 ! write 9 = 9\n", "send-shut" },
	{ "a write after the peer's FIN", BOTH, CLOSE_WAIT "30 ! write 9 = 9\n", "" },
	{ "a read after a RST", BOTH, SERVER "9 < R 1(0)\n" "10 ! read 99 = -104\n" "10 ! read 99 = 0\n", "" },
	{ "shutdown of nothing", BOTH, LAST_ACK "30 < . 2(0) ack 2 win 1000\n" "40 ! shutdown = -107\n", "" },

	/* 3.10.8, 3.6.1 */
	{ "TIME-WAIT, 50 s", BOTH, TIME_WAIT "50000 = CLOSED\n", "state" },
	{ "TIME-WAIT, 60 s", LINUX, TIME_WAIT "60040 = CLOSED\n", "" },
	{ "TIME-WAIT, 60 s are not 2 MSL", RFC, TIME_WAIT "60040 = CLOSED\n", "state" },
	{ "TIME-WAIT, 240 s", RFC, TIME_WAIT "240040 = CLOSED\n", "" },
	{ "TIME-WAIT begins again", LINUX, TIME_WAIT "50000 < F. 1(0) ack 2 win 1000\n" "50000 > . 2(0) ack 2 win 1000\n" "70000 = CLOSED\n", "state" },
	{ "FIN-WAIT-2 with a program has no end", BOTH, FIN_WAIT_2 "900000 = CLOSED\n", "state" },
	{ "FIN-WAIT-2 without lasts", LINUX, FIN_WAIT_2 "30 ! close = 0\n" "80000 = FIN_WAIT_2\n", "state" },
	{ "TIME-WAIT lasts", LINUX, TIME_WAIT "80000 = TIME_WAIT\n", "state" },
	{ "FIN-WAIT-2 without", LINUX, FIN_WAIT_2 "30 ! close = 0\n" "60090 = CLOSED\n", "" },
	{ "a SYN may open it anew (MAY-2)", BOTH, TIME_WAIT "90 < S 500(0) win 1000\n" "90 > S. 90000(0) ack 501 win 1000\n" "90 = SYN_RECV\n", "" },

	{ "... above the numbers of the old one", BOTH, TIME_WAIT "90 < S 500(0) win 1000\n" "90 > S. 1(0) ack 501 win 1000\n", "reopen-number" },

	/* RFC 4022 */
	{ "tcpEstabResets: a direct transition from ESTABLISHED", BOTH, SERVER "9 < R 1(0)\n" "9 ? EstabResets 1\n" "9 ? AttemptFails 0\n" "9 ? OutRsts 0\n", "" },
	{ "tcpEstabResets: ... or CLOSE-WAIT", BOTH, CLOSE_WAIT "19 < R 2(0)\n" "19 ? EstabResets 1\n", "" },
	{ "tcpEstabResets: not from FIN-WAIT-2", BOTH, FIN_WAIT_2 "29 < R 1(0)\n" "29 ? EstabResets 0\n", "" },
	{ "tcpAttemptFails, tcpActiveOpens", BOTH, "0 > S 0(0) win 1000\n" "1 < R. 0(0) ack 1 win 1\n" "1 ? ActiveOpens 1\n" "1 ? AttemptFails 1\n" "1 ? EstabResets 0\n", "" },
	{ "tcpOutRsts", BOTH, SERVER "10 ! abort = 0\n" "10 > R. 1(0) ack 1\n" "10 ? OutRsts 1\n", "" },

	/* poll(2) */
	{ "nothing to read", BOTH, SERVER "9 p o\n", "" },
	{ "something to read, where nothing is", BOTH, SERVER "9 p io\n", "poll-nothing" },
	{ "text", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n" "10 p io\n", "" },
	{ "text, not told", BOTH, SERVER "9 < P. 1(10) ack 1 win 1000\n" "9 > . 1(0) ack 11 win 1000\n" "10 p o\n", "poll-text" },
	{ "the peer's FIN", BOTH, CLOSE_WAIT "20 p ior\n", "" },
	{ "the peer's FIN, not told", BOTH, CLOSE_WAIT "20 p io\n", "poll-end" },
	{ "both FINs", BOTH, CLOSING "20 p iohr\n", "" },
	{ "both FINs, no hang up", BOTH, CLOSING "20 p ior\n", "poll-hung-up" },
	{ "a hang up with one half open", BOTH, FIN_WAIT_2 "20 p oh\n", "poll-open" },

	/* options */
	{ "timestamps are missing", BOTH, SERVER_TS "9 > P. 1(5) ack 1 win 1000\n", "stamp-lacks" },
	{ "an old TSecr", BOTH, SERVER_TS "9 < P. 1(5) ack 1 win 1000 ts 200 5\n" "9 > . 1(0) ack 6 win 1000 ts 9 110\n", "echo-is-old" },
	{ "a TSecr from nowhere", BOTH, SERVER_TS "9 < P. 1(5) ack 1 win 1000 ts 200 5\n" "9 > . 1(0) ack 6 win 1000 ts 9 201\n", "echo-is-new" },
	{ "the clock goes back", BOTH, SERVER_TS "9 > P. 1(5) ack 1 win 1000 ts 9 110\n" "10 > P. 6(5) ack 1 win 1000 ts 8 110\n", "stamp-goes-back" },
	{ "the clock stands", BOTH, SERVER_TS "9 > P. 1(5) ack 1 win 1000 ts 9 110\n" "3500 > P. 1(5) ack 1 win 1000 ts 9 110\n", "stamp-stands" },
	{ "room", BOTH, SERVER "9 ! write 300 = 300\n" "9 > P. 1(300) ack 1 win 1000\n" "10 p \n", "poll-room" },
	{ "no room, where each byte is a segment", BOTH, "0 < S 0(0) win 1\n" "0 > S. 0(0) ack 1 win 1000\n" "1 < . 1(0) ack 1 win 1\n" "9 ! write 300 = 300\n" "9 > P. 1(1) ack 1 win 1000\n" "10 p \n", "" },
	{ "behind the window", BOTH, SERVER "9 > P. 1(1500) ack 1 win 1000\n", "beyond-window" },
	/* clang-format on */
};

/* ---- reading a history ---- */

static uint16_t parse_flags(const char *letters)
{
	static const char names[] = "FSRP.";
	uint16_t flags = 0;

	for (; *letters; letters++)
		if (strchr(names, *letters))
			flags |= (uint16_t)(1u << (strchr(names, *letters) - names));
	return flags;
}

static void parse_stamp(const char *words, struct tcp_header *tcp)
{
	const char *found = strstr(words, "ts ");
	unsigned value, echo;

	if (!found)
		return;
	assert_int_equal(sscanf(found, "ts %u %u", &value, &echo), 2);
	tcp->options[0] = TCPOPT_KIND_TS;
	tcp->options[1] = 10;
	tcp->options_length = 10;
	tcp_timestamp_set(tcp, value, echo);
}

static void parse_segment(const char *words, struct segment *segment)
{
	char flags[16];
	unsigned sequence, length, number;

	memset(segment, 0, sizeof(*segment));
	segment->protocol = IPPROTO_TCP;
	assert_int_equal(sscanf(words, "%15s %u(%u)", flags, &sequence, &length), 3);
	segment->tcp.flags = parse_flags(flags);
	segment->tcp.sequence = sequence;
	segment->payload_length = length;
	if (strstr(words, "ack ") && sscanf(strstr(words, "ack "), "ack %u", &number) == 1)
		segment->tcp.acknowledgment = number;
	if (strstr(words, "win ") && sscanf(strstr(words, "win "), "win %u", &number) == 1)
		segment->tcp.window = (uint16_t)number;
	parse_stamp(words, &segment->tcp);
}

static void parse_call(const char *words, struct call *call)
{
	static const struct {
		const char *name;
		enum call_kind kind;
	} kinds[] = {
		{ "read", CALL_RECEIVE },        { "write", CALL_SEND },  { "close", CALL_CLOSE },
		{ "shutdown", CALL_SHUT_WRITE }, { "abort", CALL_ABORT }, { "error", CALL_ERROR },
	};
	char name[16];
	long asked = 0, result;
	size_t i = 0;

	if (sscanf(words, "%15s %ld = %ld", name, &asked, &result) != 3)
		assert_int_equal(sscanf(words, "%15s = %ld", name, &result), 2);
	while (strcmp(kinds[i].name, name))
		assert_true(++i < sizeof(kinds) / sizeof(kinds[0]));
	memset(call, 0, sizeof(*call));
	call->kind = kinds[i].kind;
	call->asked = asked;
	call->result = result < 0 ? -1 : result;
	call->error = result < 0 ? (int)-result : 0;
}

static void check_counter(const struct model *model, const char *words)
{
	char name[32];
	unsigned wanted, least, most;
	enum counter counter;

	assert_int_equal(sscanf(words, "%31s %u", name, &wanted), 2);
	assert_true(counter_find(name, &counter));
	model_counted(model, counter, &least, &most);
	assert_in_range(wanted, least, most);
	assert_int_equal(least, most);
}

static short parse_events(const char *letters)
{
	static const struct {
		char letter;
		short event;
	} events[] = { { 'i', POLLIN },
		       { 'o', POLLOUT },
		       { 'h', POLLHUP },
		       { 'r', POLLRDHUP },
		       { 'e', POLLERR } };
	short set = 0;

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (strchr(letters, events[i].letter))
			set |= events[i].event;
	return set;
}

static bool play_line(struct model *model, const char *line)
{
	struct segment segment;
	struct call call;
	enum tcp_state state;
	unsigned milliseconds;
	char what;
	int used = 0;

	assert_int_equal(sscanf(line, "%u %c %n", &milliseconds, &what, &used), 2);
	usec_t at = milliseconds * (usec_t)USEC_PER_MSEC;

	line += used;
	switch (what) {
	case '<':
		parse_segment(line, &segment);
		return model_arrives(model, &segment, at, 1);
	case '>':
		parse_segment(line, &segment);
		return model_sends(model, &segment, at, 2);
	case '!':
		parse_call(line, &call);
		return model_called(model, &call, at, 3) || model_returned(model, &call, at, 3);
	case '=':
		assert_true(tcp_state_parse(line, &state));
		return model_state_seen(model, &(struct tcp_status){ .state = state }, at, 4);
	case '?':
		check_counter(model, line);
		return false;
	case 'p':
		return model_poll_seen(model, POLLIN | POLLOUT | POLLRDHUP, parse_events(line), at,
		                       5);
	default:
		return model_time(model, at);
	}
}

/* Plays a history; the last line, and no other, may lead to a finding. Is it the one wanted? */
static bool play(const struct row *row, enum model_mode mode)
{
	struct model_circumstances circumstances = {
		.mode = mode,
		.rfc5961 = mode == MODEL_LINUX,
		.calls_known = true,
		.arrivals_known = true,
		.sends_known = true,
		.slack = 200 * USEC_PER_MSEC,
	};
	char *copy = strdup(row->history), *rest, *line;
	const char *name = "", *where = "";
	static struct tcb candidates[MODEL_CANDIDATES];
	struct model model;

	model_init(&model, candidates, MODEL_CANDIDATES, &circumstances, 0, false);
	for (line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		where = line;
		if (*name)
			name = "(a rule before the last line)";
		else if (play_line(&model, line))
			name = model.finding.rule->name;
		else if (model.silent)
			name = "(nothing is judged any more)";
	}
	bool good = !strcmp(name, row->rule);

	if (!good)
		print_error("%s, %s: wanted \"%s\", found \"%s\" at \"%s\"\n", row->name,
		            mode == MODEL_RFC ? "rfc" : "linux", row->rule,
		            model.finding.rule ? model.finding.rule->name : name, where);
	free(copy);
	return good;
}

static void test_histories(void **state)
{
	bool good = true;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].who != LINUX)
			good &= play(&rows[i], MODEL_RFC);
		if (rows[i].who != RFC)
			good &= play(&rows[i], MODEL_LINUX);
	}
	assert_true(good);
}

/* ---- the tables ---- */

static void check_rule(const struct rule *rule, unsigned *used)
{
	assert_true(rule->name && *rule->name && rule->text && *rule->text);
	assert_true(strstr(rule->clause, "RFC ") || strchr(rule->clause, '(') ||
	            strstr(rule->clause, "Documentation/"));
	assert_in_range(rule->departure, 0, DEPARTURE_COUNT - 1);
	used[rule->departure]++;
}

/* Every rule can be read, and every departure is one of some rule. */
static void test_tables(void **state)
{
	unsigned used[DEPARTURE_COUNT] = { 0 };

	(void)state;
	assert_true(arrival_rule_text() < arrival_rule_count);
	for (size_t i = 0; i < arrival_rule_count; i++)
		check_rule(&arrival_rules[i].rule, used);
	for (size_t i = 0; i < send_rule_count; i++)
		check_rule(&send_rules[i].rule, used);
	for (size_t i = 0; i < time_rule_count; i++)
		check_rule(&time_rules[i].rule, used);
	for (size_t i = 0; i < call_effect_count; i++)
		check_rule(&call_effects[i].rule, used);
	for (size_t i = 0; i < call_result_count; i++)
		check_rule(&call_results[i].rule, used);
	for (size_t i = 0; i < poll_rule_count; i++)
		check_rule(&poll_rules[i].rule, used);
	for (size_t i = 0; i < look_rule_count; i++)
		check_rule(&look_rules[i].rule, used);
	for (int i = 0; i < COUNTERS; i++)
		check_rule(&counter_rules[i].rule, used);
	for (int i = 1; i < DEPARTURE_COUNT; i++)
		if (!used[i])
			fail_msg("no rule is the departure %s", departure_get(i)->name);
}

/* No departure without a script that shows it. */
static void test_departures(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[4096];

	(void)state;
	for (int i = 1; i < DEPARTURE_COUNT; i++) {
		const struct departure_row *row = departure_get((enum departure)i);

		assert_true(*row->name && *row->clause && *row->function && *row->what &&
		            *row->why && *row->since && *row->script);
		snprintf(path, sizeof(path), "%s/scripts/%s", top ? top : ".", row->script);
		if (access(path, R_OK))
			fail_msg("%s: %s cannot be read", row->name, path);
	}
}

/* An oversight that was mended is no departure of what came after. */
static void test_versions(void **state)
{
	static const struct {
		enum departure departure;
		const char *kernel;
		bool has;
	} cases[] = {
		{ DEPARTURE_OLD_ACK_STAMP, NULL, true },
		{ DEPARTURE_OLD_ACK_STAMP, "no number", true },
		{ DEPARTURE_OLD_ACK_STAMP, "5.10.3-1-amd64", true },
		{ DEPARTURE_OLD_ACK_STAMP, "6.1.190", true },
		{ DEPARTURE_OLD_ACK_STAMP, "6.1.191", false },
		{ DEPARTURE_OLD_ACK_STAMP, "6.1.1000-rc1", false },
		{ DEPARTURE_OLD_ACK_STAMP, "6.10.200", true },
		{ DEPARTURE_OLD_ACK_STAMP, "7.1.5", true },
		{ DEPARTURE_OLD_ACK_STAMP, "7.2.0", false },
		{ DEPARTURE_OLD_ACK_STAMP, "7.10.0", false },
		{ DEPARTURE_OLD_ACK_STAMP, "8.0.1", false },
		{ DEPARTURE_FAST_PATH_OLD_ACK, "6.1.192", false },
		{ DEPARTURE_FAST_PATH_OLD_ACK, "6.2", true },
		{ DEPARTURE_TIME_WAIT_60, "2.6.32", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (departure_is_of(cases[i].departure, cases[i].kernel) != cases[i].has)
			fail_msg("%s of %s", departure_get(cases[i].departure)->name,
			         cases[i].kernel ? cases[i].kernel : "any");
}

/* Each has a bit, and none is listed twice. */
static void test_transitions(void **state)
{
	struct transitions taken = { 0 };
	size_t all, of_them, listed = 0;
	struct transition t;

	(void)state;
	assert_true(arrival_rule_count <= TRANSITION_ROWS);
	assert_true(call_effect_count <= TRANSITION_ROWS);
	assert_true(time_rule_count <= TRANSITION_ROWS);
	for (size_t n = 0; transition_next(n, MODEL_LINUX, &t); n = t.number + 1, listed++) {
		assert_false(transition_was_taken(&taken, t.number));
		transition_note(&taken, t.kind, t.number / STATE_COUNT % TRANSITION_ROWS, t.state);
		assert_true(transition_was_taken(&taken, t.number));
	}
	transition_count(&taken, MODEL_LINUX, &all, &of_them);
	assert_int_equal(all, listed);
	assert_int_equal(of_them, listed);
	transition_count(&taken, MODEL_RFC, &all, &of_them);
	assert_true(all < listed && of_them == all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_histories), cmocka_unit_test(test_transitions),
		cmocka_unit_test(test_tables),    cmocka_unit_test(test_departures),
		cmocka_unit_test(test_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
