/*
 * author: what is read of a capture, and the scripts that are drafted for it. The captures are made
 * here, packet by packet; what is expected of a draft follows from RFC 9293 and the manual.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/cleaned.h"
#include "author/draft.h"
#include "author/from_pcap.h"
#include "author/traced.h"
#include "base/save.h"
#include "capture/pcap_file.h"

enum { ISN_CLIENT = 0xfffffff0, ISN_SERVER = 0x80000000 };

static char path[] = "/tmp/test_author.XXXXXX";
static struct pcap_file *file;
static struct arena *arena;
static long microseconds; /* of the packet that is written next */
static const char *client_address = "192.0.2.1";
static size_t snapshot; /* bytes of each that are kept; 0: all */

/* ---- writing ---- */

static void begin(void)
{
	char error[FAULT_TEXT];

	microseconds = 0;
	assert_int_equal(pcap_file_open(&file, path, NULL, error), FAULT_NONE);
}

/* A packet `after` microseconds later; the client has the higher port. */
static void put(long after, bool client, uint16_t port, uint16_t flags, uint32_t number,
                uint32_t length, uint32_t acknowledgment)
{
	static uint8_t bytes[SEGMENT_BYTES_MAX];
	struct segment segment = {
		.protocol = IPPROTO_TCP,
		.ttl = 64,
		.payload_length = length,
		.tcp = { .flags = flags, .window = 65535 },
	};

	ip_address_parse(client ? client_address : "192.168.0.2", &segment.source);
	ip_address_parse(client ? "192.168.0.2" : client_address, &segment.destination);
	segment.tcp.source = client ? port : 80;
	segment.tcp.destination = client ? 80 : port;
	segment.tcp.sequence = number + (client ? ISN_CLIENT : ISN_SERVER);
	if (flags & TCP_ACK)
		segment.tcp.acknowledgment = acknowledgment + (client ? ISN_SERVER : ISN_CLIENT);
	if (flags & TCP_SYN) {
		memcpy(segment.tcp.options, "\x02\x04\x05\xb4", 4);
		segment.tcp.options_length = 4;
	}
	size_t total = segment_encode(&segment, bytes);
	assert_true(total > 0);
	microseconds += after;
	pcap_file_add(file, bytes, snapshot && snapshot < total ? snapshot : total, total,
	              (struct timespec){ 1700000000 + microseconds / 1000000,
	                                 microseconds % 1000000 * 1000 });
}

static void put_handshake(uint16_t port)
{
	put(0, true, port, TCP_SYN, 0, 0, 0);
	put(50, false, port, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(10000, true, port, TCP_ACK, 1, 0, 1);
}

/* ---- reading ---- */

static struct conversation read_it(const char *wanted)
{
	struct conversation talk;
	bool several;
	const char *why;

	pcap_file_close(file);
	why = conversation_read(&talk, arena, path, wanted, &several);
	if (why)
		fail_msg("%s", why);
	conversation_clean(&talk);
	return talk;
}

static void assert_refused(const char *wanted, const char *words, bool want_several)
{
	struct conversation talk;
	bool several;

	pcap_file_close(file);
	const char *why = conversation_read(&talk, arena, path, wanted, &several);
	assert_non_null(why);
	if (!strstr(why, words))
		fail_msg("'%s' and not '%s'", why, words);
	assert_int_equal(several, want_several);
}

static void assert_draft(const struct conversation *talk, const struct guess *guess,
                         const char *want)
{
	struct draft draft;

	draft_write(talk, guess, arena, &draft);
	assert_false(draft.impossible);
	/* From the first event on; the line above it is blank. */
	const char *events = draft.text[0] == '\n' ? draft.text : strstr(draft.text, "\n\n") + 1;
	assert_string_equal(events + 1, want);
}

/* ---- the tests ---- */

#define LISTENER                                                        \
	"+0      socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"           \
	"+0      setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n" \
	"+0      bind(3, ..., ...) = 0\n"                               \
	"+0      listen(3, 1) = 0\n"                                    \
	"+0      < S 0:0(0) win 65535 <mss 1460>\n"                     \
	"+0      > S. 0:0(0) ack 1 <mss 1460>\n"                        \
	"+.01    < . 1:1(0) ack 1 win 65535\n"                          \
	"+0      accept(3, ..., ...) = 4\n"

static const struct guess likeliest;

/* A request, its answer, and a close; the client's numbers wrap in the request. */
static void test_server(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put(20000, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(40, false, 40000, TCP_ACK, 1, 0, 101);
	put(5000, false, 40000, TCP_ACK | TCP_PSH, 1, 300, 101);
	put(10000, true, 40000, TCP_ACK, 101, 0, 301);
	put(100000, false, 40000, TCP_ACK | TCP_FIN, 301, 0, 101);
	put(10000, true, 40000, TCP_ACK | TCP_FIN, 101, 0, 302);
	put(50, false, 40000, TCP_ACK, 302, 0, 102);
	struct conversation talk = read_it(NULL);
	assert_int_equal(talk.flow_count, 1);
	assert_draft(&talk, &likeliest,
	             LISTENER "+.02    < P. 1:101(100) ack 1 win 65535\n"
	                      "+0      > . 1:1(0) ack 101\n"
	                      "+0      read(4, ..., 100) = 100\n"
	                      "+.005   write(4, ..., 300) = 300\n"
	                      "+0      > P. 1:301(300) ack 101\n"
	                      "+.01    < . 101:101(0) ack 301 win 65535\n"
	                      "+.1     close(4) = 0\n"
	                      "+0      > F. 301:301(0) ack 101\n"
	                      "+.01    < F. 101:101(0) ack 302 win 65535\n"
	                      "+0      > . 302:302(0) ack 102\n");
}

/* Data that nobody has read makes of close an abort (RFC 2525 2.17); other guesses differ. */
/*
 * A long answer. How it is cut is compared, unless the guess leaves it open: then as many lines as
 * the guess says stand for all of it, and what follows has the numbers of the capture.
 */
static void test_stream(void **state)
{
	enum { FIRST = 3 }; /* the packet with which the stream begins */
	struct guess guess = { .other = { { ASK_STREAM, FIRST, 2, 6 } }, .count = 1 };
	struct conversation talk;
	struct draft draft;
	unsigned asked = 0;

	(void)state;
	begin();
	put_handshake(40000);
	for (uint32_t i = 0; i < 5; i++) {
		put(i ? 40 : 20000, false, 40000, TCP_ACK, 1 + 1460 * i, 1460, 1);
		put(30, true, 40000, TCP_ACK, 1, 0, 1461 + 1460 * i);
	}
	put(20000, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 7301);
	put(40, false, 40000, TCP_ACK, 7301, 0, 2);
	talk = read_it(NULL);
	draft_write(&talk, &likeliest, arena, &draft);
	assert_non_null(strstr(draft.text, "> . 2921:4381(1460) ack 1\n"));
	assert_null(strstr(draft.text, "(...)"));
	/* Asked at its beginning, and not again in the middle of it. */
	for (size_t i = 0; i < draft.asked_count; i++)
		asked += draft.asked[i].question == ASK_STREAM;
	assert_int_equal(asked, 1);
	assert_draft(&talk, &guess,
	             LISTENER "+.02    write(4, ..., 7300) = 7300\n"
	                      "// How this data is cut into segments is left open.\n"
	                      "+0      > . 1:1(...) ack 1\n"
	                      "+0      < . 1:1(0) ack * win 65535\n"
	                      "+0      > . *(...) ack 1\n"
	                      "+0      < . 1:1(0) ack * win 65535\n"
	                      "+.02    < F. 1:1(0) ack 7301 win 65535\n"
	                      "+0      > . 7301:7301(0) ack 2\n");
}

/* The same with the calls of a trace: those that wrote the stream become one, a remark says so. */
static void test_traced_stream(void **state)
{
	enum { FIRST = 3 };
	const struct guess guess = { .other = { { ASK_STREAM, FIRST, 2, 6 } }, .count = 1 };
	char name[] = "/tmp/test_author.XXXXXX";
	struct traced trace;
	int fd = mkstemp(name);
	FILE *out = fdopen(fd, "w");

	(void)state;
	begin();
	put_handshake(40000);
	for (uint32_t i = 0; i < 5; i++) {
		put(i ? 40 : 20000, false, 40000, TCP_ACK, 1 + 1460 * i, 1460, 1);
		put(30, true, 40000, TCP_ACK, 1, 0, 1461 + 1460 * i);
	}
	put(20, false, 40000, TCP_ACK | TCP_FIN | TCP_PSH, 7301, 700, 1);
	put(20000, true, 40000, TCP_ACK, 1, 0, 8002);
	struct conversation talk = read_it(NULL);
	assert_non_null(out);
#define NAME "4<TCP:[192.168.0.2:80->192.0.2.1:40000]>"
	fputs("7 1700000000.010070 accept(3<TCP:[192.168.0.2:80]>, NULL, NULL) = " NAME "\n"
	      "7 1700000000.030070 sendto(" NAME ", \"x\"..., 4000, 0, NULL, 0) = 4000\n"
	      "7 1700000000.030080 sendto(" NAME ", \"x\"..., 9000, 0, NULL, 0) = 4000\n"
	      "7 1700000000.030090 sendto(" NAME ", \"x\"..., 5000, 0, NULL, 0) = -1 EAGAIN (x)\n"
	      "7 1700000000.030365 close(" NAME ") = 0\n",
	      out);
	fclose(out);
	assert_null(traced_read(&trace, arena, name));
	unlink(name);
	assert_null(traced_match(&trace, &talk));
	assert_draft(&talk, &guess,
	             LISTENER "+.02    write(4, ..., 8000) = 8000  // 2 calls\n"
	                      "// How this data is cut into segments is left open.\n"
	                      "+0      > . 1:1(...) ack 1\n"
	                      "+0      < . 1:1(0) ack * win 65535\n"
	                      "+0      > . *(...) ack 1\n"
	                      "+0      < . 1:1(0) ack * win 65535\n"
	                      "+0      close(4) = 0\n"
	                      "+0      > FP. *(...) ack 1\n"
	                      "+.02    < . 1:1(0) ack 8002 win 65535\n");
}

static unsigned rounds_played;

/* All fail, and the user presses ^C meanwhile. */
static void play_badly(void *context, const char *of, const char *const *texts, size_t count,
                       struct played *played)
{
	(void)context, (void)of, (void)texts;
	rounds_played++;
	for (size_t i = 0; i < count; i++)
		played[i] = (struct played){ .kind = VERDICT_FAIL, .at = 1 };
}

static bool stopped_at_once(void)
{
	return rounds_played > 0;
}

/* ^C: no other guess is played, and nothing is written. */
static void test_stopped(void **state)
{
	struct player player = { .play = play_badly, .is_stopped = stopped_at_once, .subjects = 1 };
	char output[] = "/tmp/test_author_output.XXXXXX", *said = NULL;
	const struct from_pcap wanted = { .path = path, .output = output };
	size_t length;
	FILE *messages = open_memstream(&said, &length);

	(void)state;
	close(mkstemp(output));
	unlink(output);
	begin();
	put_handshake(40000);
	put(20000, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(40, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 2);
	pcap_file_close(file);
	rounds_played = 0;
	assert_int_equal(from_pcap(&wanted, &player, messages), AUTHORED_NOTHING);
	fclose(messages);
	assert_non_null(strstr(said, "stopped by a signal: nothing is written"));
	assert_int_equal(rounds_played, 1);
	assert_int_equal(access(output, F_OK), -1);
	free(said);
}

static void test_reset(void **state)
{
	struct guess guess = { 0 };

	(void)state;
	begin();
	put_handshake(40000);
	put(20000, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(40, false, 40000, TCP_ACK, 1, 0, 101);
	put(50000, false, 40000, TCP_ACK | TCP_RST, 1, 0, 101);
	struct conversation talk = read_it(NULL);
	assert_draft(&talk, &likeliest,
	             LISTENER "+.02    < P. 1:101(100) ack 1 win 65535\n"
	                      "+0      > . 1:1(0) ack 101\n"
	                      "+.05    close(4) = 0  // assumed: not all that came was read\n"
	                      "+0      > R. 1:1(0) ack 101\n");
	assert_true(guess_change(&guess, &(struct answer){ ASK_RESET, 5, 1, 5 }));
	assert_draft(&talk, &guess,
	             LISTENER "+.02    < P. 1:101(100) ack 1 win 65535\n"
	                      "+0      > . 1:1(0) ack 101\n"
	                      "+0      read(4, ..., 100) = 100\n"
	                      "+.05    setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, "
	                      "8) = 0  // assumed\n"
	                      "+0      close(4) = 0\n"
	                      "+0      > R. 1:1(0) ack 101\n");
}

/* Who goes on to take data has not closed, but shut down one half (RFC 9293 3.6). */
static void test_half_close(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put(20000, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(10000, true, 40000, TCP_ACK, 1, 0, 2);
	put(10000, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 2);
	put(40, false, 40000, TCP_ACK, 2, 0, 101);
	struct conversation talk = read_it(NULL);
	assert_draft(&talk, &likeliest,
	             LISTENER "+.02    shutdown(4, SHUT_WR) = 0\n"
	                      "+0      > F. 1:1(0) ack 1\n"
	                      "+.01    < . 1:1(0) ack 2 win 65535\n"
	                      "+.01    < P. 1:101(100) ack 2 win 65535\n"
	                      "+0      > . 2:2(0) ack 101\n"
	                      "+0      read(4, ..., 100) = 100\n");
}

/* The other end of the same connection; a FIN sent again comes by a timer. */
static void test_client(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put(20000, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(213000, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(10000, false, 40000, TCP_ACK, 1, 0, 2);
	struct conversation talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "192.0.2.1"));
	assert_false(conversation_choose_side(&talk, "192.0.2.9") && talk.side == SIDE_SERVER);
	assert_draft(&talk, &likeliest,
	             "+0      socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
	             "+0      fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
	             "+0      connect(3, ..., ...) = -1 EINPROGRESS\n"
	             "+0      > S 0:0(0) <mss 1460>\n"
	             "+0      < S. 0:0(0) ack 1 win 65535 <mss 1460>\n"
	             "+0~+.025 > . 1:1(0) ack 1\n"
	             "+.02    close(3) = 0\n"
	             "+0      > F. 1:1(0) ack 1\n"
	             "+.2~+.225 > F. 1:1(0) ack 1\n"
	             "+.01    < . 1:1(0) ack 2 win 65535\n");
}

static void assert_says(const struct conversation *talk, const struct guess *guess,
                        const char *words)
{
	struct draft draft;

	draft_write(talk, guess, arena, &draft);
	assert_false(draft.impossible);
	if (!strstr(draft.text, words))
		fail_msg("no '%s' in:\n%s", words, draft.text);
}

/* The queue of the listener is full: its SYN,ACK comes again, and by then there is room. */
static void test_overflow(void **state)
{
	const struct guess other = { .other = { { ASK_BACKLOG, 0, 1, 2 } }, .count = 1 };

	(void)state;
	begin();
	put_handshake(40001);
	put_handshake(40002);
	put_handshake(40003);
	put(1000000, false, 40003, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(10000, true, 40003, TCP_ACK, 1, 0, 1);
	struct conversation talk = read_it(NULL);
	assert_says(&talk, &likeliest, "listen(3, 1) = 0\n");
	assert_says(&talk, &likeliest,
	            "+.01    < 40003 > 8080 . 1:1(0) ack 1 win 65535\n"
	            "+1      accept(3, ..., ...) = 4\n"
	            "+0      accept(3, ..., ...) = 5\n");
	assert_says(&talk, &other, "listen(3, 3) = 0\n");
}

/* Who is not in the window completes no handshake (RFC 9293 3.10.7.4). */
static void test_outside(void **state)
{
	struct draft draft;

	(void)state;
	begin();
	put(0, true, 40000, TCP_SYN, 0, 0, 0);
	put(50, false, 40000, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(10000, true, 40000, TCP_ACK, 200000, 0, 1);
	put(50, false, 40000, TCP_ACK, 1, 0, 1);
	struct conversation talk = read_it(NULL);
	draft_write(&talk, &likeliest, arena, &draft);
	assert_null(strstr(draft.text, "accept("));
}

/* How often the kernel sends again, and how long it waits, before it gives up. */
static void test_limits(void **state)
{
	enum { ORPHAN_RETRIES = 5, FIN_TIMEOUT = 7 };
	struct guess guess = { .other = { { ASK_SYSCTL, ORPHAN_RETRIES, 1, 4 } }, .count = 1 };
	struct conversation talk;

	(void)state;
	begin();
	put_handshake(40000);
	for (int i = 0; i < 4; i++)
		put(i ? 200000 : 20000, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(2000000, true, 40000, TCP_ACK, 1, 0, 2);
	put(40, false, 40000, TCP_RST, 2, 0, 0);
	talk = read_it(NULL);
	assert_says(&talk, &guess, "sysctl net.ipv4.tcp_orphan_retries = 3  // assumed\n");
	guess.other[0].given = 3;
	assert_says(&talk, &guess, "sysctl net.ipv4.tcp_orphan_retries = 1  // assumed\n");

	begin();
	put_handshake(40000);
	put(20000, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	put(10000, true, 40000, TCP_ACK, 1, 0, 2);
	put(3000000, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 2);
	put(40, false, 40000, TCP_RST, 2, 0, 0);
	talk = read_it(NULL);
	guess.other[0] = (struct answer){ ASK_SYSCTL, FIN_TIMEOUT, 1, 2 };
	assert_says(&talk, &guess, "sysctl net.ipv4.tcp_fin_timeout = 2  // assumed\n");
}

/* A close that sent nothing: in SYN-SENT, and behind data that there was no room for. */
static void test_gone(void **state)
{
	const struct guess first = { .other = { { ASK_RESET, 2, 4, 5 } }, .count = 1 };
	const struct guess second = { .other = { { ASK_RESET, 5, 4, 5 } }, .count = 1 };
	struct conversation talk;

	(void)state;
	begin();
	put(0, true, 40000, TCP_SYN, 0, 0, 0);
	put(100000, false, 40000, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(40, true, 40000, TCP_RST, 1, 0, 0);
	talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "client"));
	assert_says(&talk, &first,
	            "<mss 1460>\n+0      close(3) = 0  // assumed\n"
	            "+.1     < S. 0:0(0) ack 1");

	begin();
	put_handshake(40000);
	put(20000, false, 40000, TCP_ACK | TCP_PSH, 1, 1000, 1);
	put(10000, true, 40000, TCP_ACK | TCP_PSH, 1, 30, 1);
	put(40, false, 40000, TCP_RST, 1, 0, 0);
	talk = read_it(NULL);
	assert_says(&talk, &second,
	            "+0      write(4, ..., 1) = 1  // assumed\n"
	            "+0      close(4) = 0  // assumed\n"
	            "+.01    < P. 1:31(30)");
}

/* The kernel asks again from the same ports: its numbers and its peer's begin again. */
static void test_again(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put(20000, true, 40000, TCP_ACK | TCP_RST, 1, 0, 1);
	put(20000, true, 40000, TCP_SYN, 70000, 0, 0);
	put(50, false, 40000, TCP_SYN | TCP_ACK, 80000, 0, 70001);
	put(10, true, 40000, TCP_ACK, 70001, 0, 80001);
	struct conversation talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "client"));
	assert_says(&talk, &likeliest,
	            "+0      setsockopt(4, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
	            "+0      bind(4, ..., ...) = 0\n"
	            "+0      fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
	            "+0      connect(4, ..., ...) = -1 EINPROGRESS\n"
	            "+0      > S 0:0(0) <mss 1460>\n"
	            "+0      < S. 0:0(0) ack 1 win 65535 <mss 1460>\n"
	            "+0      > . 1:1(0) ack 1\n");
	/* The same, asked for by the peer. */
	assert_true(conversation_choose_side(&talk, "server"));
	assert_says(&talk, &likeliest,
	            "+.02    < S 0:0(0) win 65535 <mss 1460>\n"
	            "+0      > S. 0:0(0) ack 1 <mss 1460>\n"
	            "+0      < . 1:1(0) ack 1 win 65535\n"
	            "+0      accept(3, ..., ...) = 5\n");
}

/* Data that was written before the connection was there, and what Nagle's algorithm held back. */
static void test_held(void **state)
{
	(void)state;
	begin();
	put(0, true, 40000, TCP_SYN, 0, 0, 0);
	put(60000, false, 40000, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(50, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	struct conversation talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "client"));
	assert_says(&talk, &likeliest,
	            "+0      fcntl(3, F_SETFL, O_RDWR) = 0\n"
	            "+0...0.06 write(3, ..., 100) = 100\n");

	begin();
	put_handshake(40000);
	put(20000, false, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(40, false, 40000, TCP_ACK | TCP_PSH | TCP_FIN, 101, 200, 1);
	talk = read_it(NULL);
	assert_says(&talk, &likeliest,
	            "+0      write(4, ..., 200) = 200\n"
	            "+0      close(4) = 0\n"
	            "+0      > FP. 101:301(200) ack 1\n");
}

/* The peer's window holds back what one call wrote, and the close after it. */
static void test_closed_early(void **state)
{
	enum { FIRST = 3, LAST = 5 };
	const struct guess guess = {
		.other = { { ASK_WRITE, FIRST, 1, 2 }, { ASK_EARLY, LAST, 1, 2 } },
		.count = 2,
	};

	(void)state;
	begin();
	put_handshake(40000);
	put(20000, false, 40000, TCP_ACK | TCP_PSH, 1, 2000, 1);
	put(10000, true, 40000, TCP_ACK, 1, 0, 2001);
	put(40, false, 40000, TCP_ACK | TCP_PSH | TCP_FIN, 2001, 1000, 1);
	struct conversation talk = read_it(NULL);
	assert_says(&talk, &guess,
	            "+.02    write(4, ..., 3000) = 3000\n"
	            "+0      > P. 1:2001(2000) ack 1\n"
	            "+0      close(4) = 0\n"
	            "+.01    < . 1:1(0) ack 2001");
}

/* The kernel is the client of one connection, and the server of another. */
static void test_both_roles(void **state)
{
	(void)state;
	begin();
	put(0, false, 40000, TCP_SYN, 0, 0, 0);
	put(50, true, 40000, TCP_RST | TCP_ACK, 0, 0, 1);
	put_handshake(40001);
	struct conversation talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "192.168.0.2"));
	assert_says(&talk, &likeliest, "listen(3, 2) = 0\n");
	assert_says(&talk, &likeliest, "connect(4, ..., ...) = -1 EINPROGRESS\n");
}

/* A closed port, which no script can name without its number. */
static void test_refused(void **state)
{
	(void)state;
	begin();
	put(0, true, 40000, TCP_SYN, 0, 0, 0);
	put(50, false, 40000, TCP_RST | TCP_ACK, 0, 0, 1);
	struct conversation talk = read_it(NULL);
	assert_draft(&talk, &likeliest,
	             "+0      < 40000 > 80 S 0:0(0) win 65535 <mss 1460>\n"
	             "+0      > 80 > 40000 R. 2147483648:2147483648(0) ack 1\n");
}

static void test_flows(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put_handshake(40001);
	struct conversation talk = read_it(NULL);
	assert_int_equal(talk.flow_count, 2);
	assert_int_equal(talk.count, 6);
	begin();
	put_handshake(40000);
	put_handshake(40001);
	talk = read_it("2");
	assert_int_equal(talk.flow_count, 1);
	assert_int_equal(talk.flows[0].ends[SIDE_CLIENT].port, 40001);
	begin();
	put_handshake(40000);
	put_handshake(40001);
	talk = read_it("192.0.2.1:40000");
	assert_int_equal(talk.flows[0].ends[SIDE_CLIENT].port, 40000);
	assert_string_equal(conversation_name(&talk, 0), "192.0.2.1:40000 > 192.168.0.2:80");
	begin();
	put_handshake(40000);
	assert_refused("7777", "none is 7777", true);
}

/* More connections than are kept: one of those is found by its end alone. */
static void test_many_flows(void **state)
{
	enum { FIRST = 1024, PORTS = 64000 };
	bool several;
	struct conversation talk;

	(void)state;
	begin();
	for (unsigned i = 0; i < 2 * PORTS; i++) {
		client_address = i < PORTS ? "192.0.2.1" : "192.0.2.2";
		put(1, true, (uint16_t)(FIRST + i % PORTS), TCP_SYN, 0, 0, 0);
	}
	client_address = "192.0.2.1";
	assert_refused(NULL, "has more than 65536 connections: --flow=N chooses", true);
	assert_non_null(conversation_read(&talk, arena, path, "192.0.2.9:80", &several));
	assert_true(several);
	assert_null(conversation_read(&talk, arena, path, "192.0.2.2:65000", &several));
	assert_int_equal(talk.flow_count, 1);
	assert_int_equal(talk.flows[0].ends[SIDE_CLIENT].port, 65000);
}

/* It begins in the middle of a connection: the handshake is invented, and needs a listener. */
static void test_middle(void **state)
{
	(void)state;
	begin();
	put(0, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(50, false, 40000, TCP_ACK, 1, 0, 101);
	put(20000, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 101);
	struct conversation talk = read_it(NULL);
	assert_says(&talk, &likeliest, "listen(3, 1) = 0\n");
	assert_says(&talk, &likeliest,
	            "+0      < 40000 > 8080 . 1:1(0) ack 1 win 512\n"
	            "+0      accept(3, ..., ...) = 4\n"
	            "+0      < 40000 > 8080 P. 1:101(100) ack 1 win 65535\n");
	/* Nothing would make the kernel send the end of a handshake that is made up. */
	begin();
	put(0, false, 40000, TCP_ACK, 1, 0, 1);
	put(50, false, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(50, true, 40000, TCP_ACK, 1, 0, 101);
	talk = read_it(NULL);
	assert_true(conversation_choose_side(&talk, "server"));
	assert_says(&talk, &likeliest,
	            "+0      accept(3, ..., ...) = 4\n"
	            "// Frame 1 is an ACK of what came before.\n"
	            "+0      write(4, ..., 100) = 100\n");
}

/* Each packet as a capture of several interfaces has it: after a moment, there is another one. */
static void test_copies(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < 2; i++)
		put(10, true, 40000, TCP_SYN, 0, 0, 0);
	for (int i = 0; i < 2; i++)
		put(10, false, 40000, TCP_SYN | TCP_ACK, 0, 0, 1);
	put(10, true, 40000, TCP_ACK, 1, 0, 1);
	for (int i = 0; i < 3; i++)
		put(10, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	struct conversation talk = read_it(NULL);
	assert_int_equal(talk.copies, 4);
	assert_int_equal(talk.count, 4);
	assert_int_equal(talk.packets[3].frame, 6);
	/* One that is repeated among others that are not was sent again. */
	begin();
	put_handshake(40000);
	put(10, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(10, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	talk = read_it(NULL);
	assert_int_equal(talk.copies, 0);
	assert_int_equal(talk.count, 5);
}

/* The clock of the machine was set back by an hour, and it is not in the script. */
static void test_clock_set_back(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	put(-3600000000, true, 40000, TCP_ACK | TCP_PSH, 1, 100, 1);
	put(40, false, 40000, TCP_ACK, 1, 0, 101);
	struct conversation talk = read_it(NULL);
	assert_int_equal(talk.packets[3].at, talk.packets[2].at);
	assert_int_equal(talk.packets[4].at, talk.packets[2].at + 40);
}

static void test_bad_captures(void **state)
{
	struct conversation talk;
	bool several;

	(void)state;
	begin();
	assert_refused(NULL, "has no TCP in its 0 frames", false);
	begin();
	for (int i = 0; i < 5; i++)
		put(1000, true, 40000, TCP_ACK, 1, 100, 1);
	assert_refused(NULL, "has only one direction, from 192.0.2.1:40000 to 192.168.0.2:80",
	               false);
	assert_non_null(conversation_read(&talk, arena, "-", NULL, &several));
	/* A first connection that was refused shows nothing else. */
	begin();
	put(0, true, 40001, TCP_SYN, 0, 0, 0);
	put(10, true, 40000, TCP_SYN, 0, 0, 0);
	put(10, true, 40000, TCP_ACK, 1, 0, 1);
	put(10, true, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	assert_refused(NULL, "has only one direction, from 192.0.2.1:40000 to 192.168.0.2:80",
	               false);
}

/* A snapshot length that leaves the headers is enough; one that does not is told. */
static void test_snapped(void **state)
{
	(void)state;
	begin();
	snapshot = 44;
	put_handshake(40000);
	put(1000, true, 40000, TCP_ACK | TCP_PSH, 1, 500, 1);
	struct conversation talk = read_it(NULL);
	assert_int_equal(talk.count, 4);
	assert_int_equal(talk.packets[3].segment.payload_length, 500);
	begin();
	snapshot = 30;
	put_handshake(40000);
	assert_refused(NULL, "of which too little was kept (snapshot length)", false);
	snapshot = 0;
}

/* ---- link layers ---- */

enum { FILE_HEADER = 24, RECORD_HEADER = 16, LINK_HEADER_MAX = 20 };

static const struct link {
	const char *name;
	uint32_t type; /* https://www.tcpdump.org/linktypes.html */
	size_t length;
	const char *header; /* in front of an IPv4 packet */
} links[] = {
	{ "Ethernet", 1, 14, "\1\2\3\4\5\6\1\2\3\4\5\7\x08\0" },
	{ "VLAN", 1, 18, "\1\2\3\4\5\6\1\2\3\4\5\7\x81\0\0\x2a\x08\0" },
	{ "cooked v1", 113, 16, "\0\4\0\1\0\6\1\2\3\4\5\6\0\0\x08\0" },
	{ "cooked v2", 276, 20, "\x08\0\0\0\0\0\0\1\0\1\4\6\1\2\3\4\5\6\0\0" },
	{ "raw", 101, 0, "" },
};

static uint32_t word_at(const uint8_t *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Two numbers of 16 bits, as a file has them one after the other. */
static uint32_t pair(uint16_t first, uint16_t second)
{
	const uint16_t numbers[] = { first, second };

	return word_at((const uint8_t *)numbers);
}

static void add_words(FILE *out, const uint32_t *words, size_t count)
{
	assert_int_equal(fwrite(words, sizeof(*words), count, out), count);
}

/* pcapng as https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html has it, 4 and 4.3. */
static void begin_file(FILE *out, const struct link *link, bool ng)
{
	const uint32_t section[] = { 0x0a0d0d0a, 28,         0x1a2b3c4d, pair(1, 0),
		                     UINT32_MAX, UINT32_MAX, 28 };
	const uint32_t interface[] = { 1, 20, pair((uint16_t)link->type, 0), 0, 20 };
	const uint32_t classic[] = { 0xa1b2c3d4, pair(2, 4), 0, 0, 65535, link->type };

	if (ng) {
		add_words(out, section, 7);
		add_words(out, interface, 5);
	} else {
		add_words(out, classic, 6);
	}
}

/* `record` is one of a classic file with nanoseconds. */
static void add_packet(FILE *out, const struct link *link, bool ng, const uint8_t *record)
{
	uint32_t bytes = word_at(record + 8), length = bytes + (uint32_t)link->length;
	uint32_t microseconds_at = word_at(record + 4) / 1000, padded = (length + 3) & ~3u;
	uint64_t at = word_at(record) * 1000000ull + microseconds_at;
	const uint32_t classic[] = { word_at(record), microseconds_at, length, length };
	const uint32_t enhanced[] = { 6,      32 + padded, 0, (uint32_t)(at >> 32), (uint32_t)at,
		                      length, length };

	add_words(out, ng ? enhanced : classic, ng ? 7 : 4);
	fwrite(link->header, 1, link->length, out);
	fwrite(record + RECORD_HEADER, 1, bytes, out);
	if (ng) {
		fwrite("\0\0\0", 1, padded - length, out);
		add_words(out, enhanced + 1, 1);
	}
}

static void rewrite(const uint8_t *file_bytes, size_t size, const struct link *link, bool ng)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	begin_file(out, link, ng);
	for (size_t at = FILE_HEADER; at < size; at += RECORD_HEADER + word_at(file_bytes + at + 8))
		add_packet(out, link, ng, file_bytes + at);
	fclose(out);
}

/* Whatever stands in front of the packets, and in either format, the script is the same. */
static void test_links(void **state)
{
	static uint8_t bytes[4096];
	struct draft raw, draft;
	struct conversation talk;
	bool several;

	(void)state;
	begin();
	put_handshake(40000);
	put(1000, false, 40000, TCP_ACK | TCP_FIN, 1, 0, 1);
	talk = read_it(NULL);
	draft_write(&talk, &likeliest, arena, &raw);
	FILE *written = fopen(path, "r");
	assert_non_null(written);
	size_t size = fread(bytes, 1, sizeof(bytes), written);
	fclose(written);
	for (size_t i = 0; i < 2 * sizeof(links) / sizeof(links[0]); i++) {
		rewrite(bytes, size, &links[i / 2], i & 1);
		const char *why = conversation_read(&talk, arena, path, NULL, &several);
		if (why)
			fail_msg("%s: %s", links[i / 2].name, why);
		conversation_choose_side(&talk, "server");
		draft_write(&talk, &likeliest, arena, &draft);
		assert_string_equal(draft.text, raw.text);
	}
}

/* More packets than anybody reads: memory is bounded, and it is told. */
static void test_long(void **state)
{
	(void)state;
	begin();
	put_handshake(40000);
	for (int i = 0; i < PACKETS_MAX; i++)
		put(10, i & 1, 40000, TCP_ACK, 1, 0, 1);
	struct conversation talk = read_it(NULL);
	assert_true(talk.cut);
	assert_int_equal(talk.count, PACKETS_MAX);
}

static void assert_text(const char *want)
{
	char text[64] = "";
	FILE *written = fopen(path, "r");

	assert_non_null(written);
	assert_true(fread(text, 1, sizeof(text) - 1, written) > 0);
	fclose(written);
	assert_string_equal(text, want);
}

static void test_save(void **state)
{
	struct stat info;

	(void)state;
	assert_int_equal(chmod(path, 0640), 0);
	assert_true(save_text(path, "new\n"));
	assert_text("new\n");
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 07777, 0640);
	assert_false(save_text("/nowhere/x.pkt", "text"));
	assert_int_equal(errno, ENOENT);
}

static int open_all(void **state)
{
	(void)state;
	int fd = mkstemp(path);
	arena = arena_new();
	return fd < 0 ? -1 : close(fd);
}

static int close_all(void **state)
{
	(void)state;
	arena_free(arena);
	return unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server),       cmocka_unit_test(test_reset),
		cmocka_unit_test(test_stream),       cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_half_close),   cmocka_unit_test(test_client),
		cmocka_unit_test(test_refused),      cmocka_unit_test(test_flows),
		cmocka_unit_test(test_bad_captures), cmocka_unit_test(test_long),
		cmocka_unit_test(test_snapped),      cmocka_unit_test(test_links),
		cmocka_unit_test(test_overflow),     cmocka_unit_test(test_outside),
		cmocka_unit_test(test_limits),       cmocka_unit_test(test_gone),
		cmocka_unit_test(test_again),        cmocka_unit_test(test_held),
		cmocka_unit_test(test_closed_early), cmocka_unit_test(test_both_roles),
		cmocka_unit_test(test_middle),       cmocka_unit_test(test_many_flows),
		cmocka_unit_test(test_copies),       cmocka_unit_test(test_clock_set_back),
		cmocka_unit_test(test_save),         cmocka_unit_test(test_traced_stream),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
