/* Verdicts built by hand, and everything that every format prints of them. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "report/compare.h"
#include "report/words.h"
#include "wire/tcp_options.h"
#include "report/explain.h"
#include "report/findings.h"
#include "report/formats.h"
#include "report/output.h"
#include "report/ladder.h"
#include "report/style.h"
#include "report/utf8.h"

static const char script[] = "// A FIN is sent.\n"
			     "0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
			     "+.1  < S 0:0(0) win 32792 <mss 1000,sackOK>\n"
			     "+0   > S. 0:0(0) ack 1 <...>\n"
			     "+0...1 recv(4, ...,  /* all\n"
			     "      of it */ 100, 0) = 500\n"
			     "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)\n"
			     "+0   `true`\n"
			     "+0   state(4) = FIN_WAIT_1\n"
			     "+0   > F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>\n"
			     "+0   fork() = child\n";

/* All that a test of reports needs; made for each. */
struct fixture {
	struct arena *arena;
	struct sources *sources;
	uint32_t base;
	struct verdict *verdict;
	struct evidence *evidence;
	struct report_test test;
	struct range options_where;
};

/* The range of the first occurrence of some words. */
static struct range find(const struct fixture *fixture, const char *words)
{
	const char *at = strstr(script, words);

	assert_non_null(at);
	return (struct range){
		fixture->base + (uint32_t)(at - script),
		fixture->base + (uint32_t)(at - script + (long)strlen(words)),
	};
}

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	fixture->arena = arena_new();
	fixture->sources = sources_new(fixture->arena);
	fixture->base =
		sources_add(fixture->sources, "scripts/x.pkt", script, strlen(script))->base;
	fixture->verdict = arena_alloc(fixture->arena, sizeof(*fixture->verdict));
	fixture->evidence = arena_alloc(fixture->arena, sizeof(*fixture->evidence));
	fixture->verdict->evidence = fixture->evidence;
	fixture->evidence->event = EVENT_NONE;
	fixture->test = (struct report_test){
		.path = "scripts/x.pkt",
		.family = "ipv6",
		.name = "scripts/x.pkt ipv6",
		.group = "scripts/x.pkt",
		.member = "ipv6",
		.number = 1,
		.group_number = 1,
		.member_number = 1,
		.group_size = 1,
		.verdict = fixture->verdict,
		.sources = fixture->sources,
		.rerun = "tcpclose-run --ip_version=ipv6 scripts/x.pkt",
		.wall = 312000,
	};
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_free(fixture->arena);
	free(fixture);
	return 0;
}

static struct segment tcp(uint16_t flags, uint32_t sequence, uint32_t ack, uint16_t window)
{
	return (struct segment){
		.protocol = IPPROTO_TCP,
		.tcp = { .flags = flags,
		         .sequence = sequence,
		         .acknowledgment = ack,
		         .window = window },
	};
}

/* An event of the script, which is given with its time; its result stands behind the last " = ". */
static struct event *add(struct fixture *fixture, enum event_kind kind, usec_t at,
                         const char *words)
{
	struct event *event = trace_add(&fixture->evidence->trace);
	const char *action = words ? words + strspn(words, "+.0123456789 ") : NULL;
	const char *result = words ? strstr(action, " = ") : NULL;

	event->kind = kind;
	event->at = at;
	if (words)
		event->where = event->said = find(fixture, action);
	if (result)
		event->wanted = (struct range){
			event->where.begin + (uint32_t)(result + 3 - action),
			event->where.end,
		};
	return event;
}

/* One that came as the script has it. */
static struct event *add_good(struct fixture *fixture, usec_t at, const char *words, long result,
                              int error)
{
	struct event *event = add(fixture, EVENT_CALL, at, words);

	event->result = result;
	event->error = error;
	event->as_written = true;
	return event;
}

/* A history of each kind of event, which ends in a FIN whose ACK is too low. */
static void fill_trace(struct fixture *fixture)
{
	struct event *event;

	add_good(fixture, 0, "0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", 3, 0);
	event = add(fixture, EVENT_INJECTED, 100000, "+.1  < S 0:0(0) win 32792 <mss 1000,sackOK>");
	event->segment = tcp(TCP_SYN, 0, 0, 32792);
	event->late = 3100;
	event = add(fixture, EVENT_SENT, 100100, "+0   > S. 0:0(0) ack 1 <...>");
	event->segment = tcp(TCP_SYN | TCP_ACK, 0, 1, 65535);
	memcpy(event->segment.tcp.options, "\2\4\5\264", 4);
	event->segment.tcp.options_length = 4;
	add(fixture, EVENT_CALL_BEGUN, 150000,
	    "+0...1 recv(4, ...,  /* all\n      of it */ 100, 0) = 500");
	event = add(fixture, EVENT_CALL_RETURNED, 200000,
	            "+0...1 recv(4, ...,  /* all\n      of it */ 100, 0) = 500");
	event->result = -1;
	event->error = 104;
	add_good(fixture, 200000, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)", -1, 32);
	add(fixture, EVENT_COMMAND, 200000, "+0   `true`")->result = 0x300;
	event = add(fixture, EVENT_OBSERVED, 210000, "+0   state(4) = FIN_WAIT_1");
	event->state = (struct tcp_status){
		.state = STATE_FIN_WAIT_1,
		.timer = TIMER_RETRANSMIT,
		.expires = 204000,
	};
	event = add(fixture, EVENT_INJECTED, 250000, NULL);
	event->segment = tcp(TCP_ACK, 1, 1, 257);
	event->connection = 2;
	event = add(fixture, EVENT_SENT, 301200, NULL);
	event->segment = tcp(TCP_FIN | TCP_ACK, 1, 1001, 257);
	event->late = 300;
	strcpy(event->classified, "retransmitted FIN, 2nd time, 0.204 s after the first");
}

static void fill_failure(struct fixture *fixture)
{
	struct verdict *verdict = fixture->verdict;
	struct mismatch *mismatch;

	fill_trace(fixture);
	verdict->kind = VERDICT_FAIL;
	strcpy(verdict->reason, "the kernel's segment is not the one wanted");
	strcpy(fixture->evidence->reason, verdict->reason);
	verdict->where = find(fixture, "1002");
	verdict->line = find(fixture, "+0   > F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>");
	fixture->evidence->at = 301900; /* judged later than it came */
	fixture->evidence->has_want = fixture->evidence->has_seen = fixture->evidence->has_state =
		true;
	fixture->evidence->want.segment = tcp(TCP_FIN | TCP_ACK, 1, 1002, 0);
	fixture->evidence->want.check = 1u << FIELD_FLAGS | 1u << FIELD_SEQUENCE |
	                                1u << FIELD_LENGTH | 1u << FIELD_ACKNOWLEDGMENT |
	                                1u << FIELD_OPTIONS;
	fixture->options_where = find(fixture, "<nop,nop,TS val * ecr 7>");
	fixture->evidence->want.where = &fixture->options_where;
	fixture->evidence->want.written = 1u << FIELD_OPTIONS;
	fixture->evidence->seen = tcp(TCP_FIN | TCP_ACK, 1, 1001, 257);
	mismatch = mismatch_add(&fixture->evidence->mismatches, "ack", verdict->where);
	strcpy(mismatch->want, "1002");
	strcpy(mismatch->seen, "1001 (1 less)");
	mismatch = mismatch_add(&fixture->evidence->mismatches, "options", verdict->line);
	strcpy(mismatch->want, "<nop,nop,TS val 0 ecr 7>");
	strcpy(mismatch->seen, "none");
	fixture->evidence->event = fixture->evidence->trace.count - 1;
	fixture->evidence->state = (struct tcp_status){
		.state = STATE_FIN_WAIT_1,
		.timer = TIMER_RETRANSMIT,
		.expires = 412000,
		.retransmits = 1,
		.send_queue = 1,
	};
	fixture->evidence->duration = 301500;
	fixture->evidence->late_max = 3100;
	fixture->evidence->late_median = 40;
	fixture->evidence->late_p99 = 1200;
}

/* To be freed. */
static char *explanation_of_test(const struct report_test *test)
{
	struct findings *findings = findings_new(test);
	char *text = report_explanation(test, findings);

	findings_free(findings);
	return text;
}

/* What `print` prints, to be freed. */
static char *explanation_of(const struct fixture *fixture)
{
	char *text = explanation_of_test(&fixture->test);

	assert_non_null(text);
	return text;
}

static void expect_explanation(const struct fixture *fixture, const char *text)
{
	char *seen = explanation_of(fixture);

	assert_string_equal(seen, text);
	free(seen);
}

#define EVENTS_BEFORE_FAULT                                                             \
	"     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"                     \
	"     0.1000   ──> S 0:0(0) win 32792  [3.1 ms late]\n"                     \
	"     0.1001   <── S. 0:0(0) ack 1 win 65535 <mss 1460>\n"                  \
	"     0.1500   begun: recv(4, ..., 100, 0)\n"                                   \
	"     0.2000   returned: recv(4, ..., 100, 0) = 500"                            \
	" -> -1 ECONNRESET (Connection reset by peer)\n"                                \
	"     0.2000   write(4, ..., 10) = -1 EPIPE (Broken pipe)\n"                    \
	"     0.2000   `true` -> status 3\n"                                            \
	"     0.2100   state(4) = FIN_WAIT_1 -> FIN_WAIT_1, timer retransmit 0.204 s\n" \
	"     0.2500   ──> #2 . 1:1(0) ack 1 win 257\n"

#define FAILURE                                                                               \
	"scripts/x.pkt:10:22: FAIL (ipv6): the kernel's segment is not the one wanted\n"      \
	"    +0   > F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>\n"                            \
	"                         ^~~~\n"                                                     \
	"  wanted    F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>\n"                           \
	"  seen      F. 1:1(0) ack 1001 win 257    at 0.3012 s (+0.0003)\n"                   \
	"            ack      wanted 1002, seen 1001 (1 less)\n"                              \
	"            options  wanted <nop,nop,TS val 0 ecr 7>, seen none\n"                   \
	"  which is  a retransmitted FIN, 2nd time, 0.204 s after the first\n"                \
	"  state     FIN_WAIT_1, timer retransmit 0.412 s, 1 retransmission, 1 byte to send," \
	" no descriptor\n"                                                                    \
	"  harness   up to 3.1 ms late, 0.0 ms in the median\n"                               \
	"  events\n" EVENTS_BEFORE_FAULT "     0.3012   <── F. 1:1(0) ack 1001 win 257"   \
	"  ✗ retransmitted FIN, 2nd time, 0.204 s after the first\n"                        \
	"  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n"

static void test_explain_failure(void **state)
{
	fill_failure(*state);
	expect_explanation(*state, FAILURE);
}

/* ---- other explanations ---- */

static void test_explain_missing_segment(void **state)
{
	static const struct tcp_option_bytes sack_permitted = { .length = 2, .bytes = { 4, 2 } };
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;

	add(fixture, EVENT_CALL, 100, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)")->result =
		10;
	verdict->kind = VERDICT_FAIL;
	strcpy(verdict->reason, "the segment did not come");
	strcpy(verdict->detail, "It was to come\nwithin 4 ms.\n");
	verdict->line = find(fixture, "+0   > S. 0:0(0) ack 1 <...>");
	fixture->evidence->at = 504000;
	fixture->evidence->has_want = true;
	fixture->evidence->want.segment = tcp(TCP_SYN | TCP_ACK, 0, 1, 500);
	fixture->evidence->want.segment.tcp.urgent = 3;
	fixture->evidence->want.has_ports = true;
	fixture->evidence->want.segment.tcp.source = 80;
	fixture->evidence->want.check = 1u << FIELD_PORTS | 1u << FIELD_WINDOW |
	                                1u << FIELD_LENGTH | 1u << FIELD_URGENT |
	                                1u << FIELD_OPTIONS;
	fixture->evidence->want.options = &sack_permitted;
	fixture->test.rerun = NULL;
	expect_explanation(
		fixture,
		"scripts/x.pkt:4:1: FAIL (ipv6): the segment did not come\n"
		"    +0   > S. 0:0(0) ack 1 <...>\n"
		"    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
		"  It was to come\n"
		"  within 4 ms.\n"
		"  wanted    80 > 0 * *(0) win 500 urg 3 <sackOK>\n"
		"  seen      nothing until 0.5040 s\n"
		"  events\n"
		"     0.0001   write(4, ..., 10) = -1 EPIPE (Broken pipe) -> 10\n"
		"     0.5040   <── 80 > 0 * *(0) win 500 urg 3 <sackOK>  ✗ did not come\n");
}

static void test_explain_unwanted_segment(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;
	struct event *event = add(fixture, EVENT_SENT, 5, NULL);

	event->segment = fixture->evidence->seen = tcp(TCP_RST | TCP_ACK, 1, 1, 0);
	verdict->kind = VERDICT_FAIL;
	strcpy(verdict->reason, "a segment that no line expects");
	fixture->evidence->has_seen = true;
	fixture->evidence->at = 5;
	fixture->evidence->event = 0;
	strcpy(event->classified, "abort by RST|ACK");
	expect_explanation(fixture, "scripts/x.pkt: FAIL (ipv6): a segment that no line expects\n"
	                            "  wanted    nothing\n"
	                            "  seen      R. 1:1(0) ack 1 win 0    at 0.0000 s\n"
	                            "  which is  an abort by RST|ACK\n"
	                            "  events\n"
	                            "     0.0000   <── R. 1:1(0) ack 1 win 0  ✗ abort by RST|ACK\n"
	                            "  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n");
}

static void test_explain_call(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;
	struct event *event =
		add(fixture, EVENT_CALL, 5, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)");

	event->result = -1;
	event->error = 104;
	add_good(fixture, 6, "+0   fork() = child", 1234, 0);
	verdict->kind = VERDICT_FAIL;
	strcpy(verdict->reason, "write() gives another error");
	verdict->where = find(fixture, "EPIPE");
	verdict->line = event->where;
	fixture->evidence->event = 0;
	fixture->evidence->at = 5;
	expect_explanation(fixture, "scripts/x.pkt:7:29: FAIL (ipv6): write() gives another error\n"
	                            "    +0   write(4, ..., 10) = -1 EPIPE (Broken pipe)\n"
	                            "                                ^~~~~\n"
	                            "  events\n"
	                            "     0.0000   write(4, ..., 10) = -1 EPIPE (Broken pipe)"
	                            " -> -1 ECONNRESET (Connection reset by peer)  ✗\n"
	                            "     0.0000   fork() = child\n"
	                            "  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n");
}

static void test_explain_invalid(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;

	verdict->kind = VERDICT_INVALID;
	strcpy(verdict->reason, "the harness was too late");
	fixture->evidence->late_max = 12300;
	fixture->evidence->late_median = 400;
	fixture->evidence->let_pass_count = 1;
	strcpy(fixture->evidence->let_pass[0].text, "close returned 0, not 1");
	fixture->test.sources = NULL;
	expect_explanation(fixture, "scripts/x.pkt: INVALID (ipv6): the harness was too late\n"
	                            "  harness   up to 12.3 ms late, 0.4 ms in the median\n"
	                            "  let pass  1 mismatch\n"
	                            "            close returned 0, not 1\n"
	                            "  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n");
}

/* A child that died half-way: only its trace is told, whatever else it wrote. */
static void test_explain_death(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;

	fill_failure(fixture);
	memset(&fixture->evidence->trace, 0, sizeof(fixture->evidence->trace));
	add_good(fixture, 0, "0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", 3, 0);
	trace_add(&fixture->evidence->trace);
	add(fixture, EVENT_CALL_BEGUN, 5, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)");
	verdict->kind = VERDICT_NONE;
	strcpy(verdict->reason, "the test process died: killed by signal 11 in the event above");
	expect_explanation(
		fixture,
		"scripts/x.pkt:10:22: DIED (ipv6): the test process ended without a verdict\n"
		"    +0   > F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>\n"
		"                         ^~~~\n"
		"  events\n"
		"     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
		"     0.0000   ──> a packet of which nothing is recorded\n"
		"     0.0000   begun: write(4, ..., 10)  (has not returned)\n"
		"  the test process died: killed by signal 11 in the event above\n"
		"  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n");
	verdict->where = verdict->line = (struct range){ 0, 0 };
	memset(&fixture->evidence->trace, 0, sizeof(fixture->evidence->trace));
	verdict->reason[0] = '\0';
	expect_explanation(fixture,
	                   "scripts/x.pkt: DIED (ipv6): the test process ended without a verdict\n"
	                   "  how it ended is not known\n"
	                   "  again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n");
}

/* Where only the trace is left, its last event says where the child was. */
static void test_explain_death_place(void **state)
{
	struct fixture *fixture = *state;
	char *text;

	add(fixture, EVENT_CALL, 5, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)");
	text = explanation_of(fixture);
	assert_memory_equal(text, "scripts/x.pkt:7:6: DIED", 23);
	free(text);
}

/* Bytes that no program meant to print must not crash, nor reach the terminal. */
static void test_explain_junk(void **state)
{
	struct fixture *fixture = *state;
	struct report_test *test = &fixture->test;

	for (unsigned seed = 0; seed < 50; seed++) {
		struct trace *trace = &fixture->evidence->trace;
		unsigned char *bytes = (unsigned char *)trace;

		srand(seed);
		for (size_t i = 0; i < sizeof(*trace); i++)
			bytes[i] = (unsigned char)rand();
		fixture->verdict->kind = VERDICT_NONE;
		memset(fixture->verdict->reason, 0x1b, VERDICT_TEXT);
		char *text = explanation_of_test(test);

		assert_non_null(text);
		for (char *c = text; *c; c++)
			assert_true((unsigned char)*c >= 0x20 || *c == '\n');
		free(text);
	}
}

static void test_ascii(void **state)
{
	char *text;

	fill_failure(*state);
	setenv("LC_ALL", "C", 1);
	text = explanation_of(*state);
	assert_non_null(strstr(text, "     0.1000   --> S 0:0(0) win 32792"));
	assert_non_null(
		strstr(text, "     0.3012   <-- F. 1:1(0) ack 1001 win 257  <== retransmitted"));
	for (char *c = text; *c; c++)
		assert_true((unsigned char)*c < 0x7f);
	free(text);
	unsetenv("LC_ALL");
	setenv("LC_CTYPE", "", 1);
	setenv("LANG", "de_DE.utf8", 1);
	assert_true(style_of(stdout).unicode);
}

/* ---- the ladder ---- */

static void test_ladder(void **state)
{
	struct fixture *fixture = *state;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	fill_trace(fixture);
	report_ladder(out, &fixture->evidence->trace, fixture->sources, 2);
	report_event(out, trace_get(&fixture->evidence->trace, 0), fixture->sources);
	report_event(out, trace_get(&fixture->evidence->trace, 0), NULL);
	fclose(out);
	assert_string_equal(text, "        ...   8 earlier events\n"
	                          "     0.2500   ──> #2 . 1:1(0) ack 1 win 257\n"
	                          "     0.3012   <── F. 1:1(0) ack 1001 win 257"
	                          "  (retransmitted FIN, 2nd time, 0.204 s after the first)\n"
	                          "     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
	                          "     0.0000   a step whose text is not known = 3\n");
	free(text);
}

static void test_ladder_counts_what_is_lost(void **state)
{
	struct fixture *fixture = *state;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (int i = 0; i < TRACE_EVENTS + 3; i++)
		trace_add(&fixture->evidence->trace);
	report_ladder(out, &fixture->evidence->trace, NULL, 0);
	fclose(out);
	assert_memory_equal(text, "        ...   3 earlier events\n", 31);
	free(text);
}

/* ---- words ---- */

static void test_source_words(void **state)
{
	static const struct {
		const char *source, *text;
	} rows[] = {
		{ "a\t b\n  c", "a b c" },
		{ "a // no\nb", "a b" },
		{ "a /* no */b", "a b" },
		{ "a /* open", "a" },
		{ "\"a  // \\\" /* b\"  c", "\"a  // \\\" /* b\" c" },
		{ "  ", "" },
		{ "a/b", "a/b" },
	};
	struct fixture *fixture = *state;
	char text[WORDS], longer[2000];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint32_t length = (uint32_t)strlen(rows[i].source);
		uint32_t base = sources_add(fixture->sources, "y", rows[i].source, length)->base;

		written_line(fixture->sources, (struct range){ base, base + length }, text);
		assert_string_equal(text, rows[i].text);
	}
	memset(longer, 'x', sizeof(longer));
	uint32_t base = sources_add(fixture->sources, "z", longer, sizeof(longer))->base;
	written_line(fixture->sources, (struct range){ base, base + (uint32_t)sizeof(longer) },
	             text);
	assert_true(strlen(text) < WORDS);
	assert_string_equal(text + strlen(text) - 4, "x...");
	assert_string_equal(written_line(fixture->sources, (struct range){ 0, 0 }, text), "");
}

/* A case's action is a text of its own, and stands where the table's column is written. */
static void test_inner_source_words(void **state)
{
	struct fixture *fixture = *state;
	struct range origin = find(fixture, "fork() = child");
	const struct source_text *inner =
		sources_add_inner(fixture->sources, origin, "+0 kill(child, SIGKILL) = 0\n", 28);
	char text[WORDS];

	written_line(fixture->sources, (struct range){ inner->base + 3, inner->base + 27 }, text);
	assert_string_equal(text, "kill(child, SIGKILL) = 0");
	written_line(fixture->sources, (struct range){ inner->base + 3, inner->base + 60 }, text);
	assert_string_equal(text, "kill(child, SIGKILL) = 0");
}

static void test_headers_around(void **state)
{
	struct fixture *fixture = *state;
	struct event *event = add(fixture, EVENT_INJECTED, 100, "+.1  < S 0:0(0) win 32792");
	struct segment segment = tcp(TCP_SYN, 0, 0, 32792);
	struct encapsulation outer = { .length = 0 };
	struct ip_address source, destination;
	char text[WORDS];

	assert_true(ip_address_parse("192.0.2.1", &source));
	assert_true(ip_address_parse("192.168.0.2", &destination));
	assert_true(encapsulation_add_ip(&outer, &source, &destination, 0, 0));
	assert_true(encapsulation_close(&outer, false));
	segment.outer = outer.bytes;
	segment.outer_length = outer.length;
	segment_keep(&event->segment, &segment, event->outer);
	memset(&outer, 0, sizeof(outer));
	assert_string_equal(words_event(event, fixture->sources, text),
	                    "ipv4 192.0.2.1 > 192.168.0.2: S 0:0(0) win 32792");
}

static void test_state_words(void **state)
{
	struct tcp_status listener = {
		.state = STATE_LISTEN,
		.receive_queue = 1,
		.send_queue = 10,
	};
	struct tcp_status closed = { .state = STATE_CLOSED, .timer = TIMER_PROBE };
	struct tcp_status waiting = {
		.state = STATE_CLOSE_WAIT,
		.receive_queue = 1,
		.retransmits = 2,
	};
	char text[WORDS];

	(void)state;
	assert_string_equal(words_state(&listener, text), "LISTEN, 1 of 10 in the backlog");
	assert_string_equal(words_state(&closed, text), "CLOSED");
	assert_string_equal(words_state(&waiting, text),
	                    "CLOSE_WAIT, 2 retransmissions, 1 byte to read");
	assert_string_equal(words_error(104, text), "ECONNRESET (Connection reset by peer)");
	assert_string_equal(words_error(99999, text), "errno 99999");
}

static void test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		uint32_t character;
	} rows[] = {
		{ "a", 1, 'a' },
		{ "\xc3\xa9", 2, 0xe9 },
		{ "\xe2\x9c\x97", 3, 0x2717 },
		{ "\xf0\x9f\x98\x80", 4, 0x1f600 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
		{ "\x80", 0, 0 },
		{ "\xc3", 0, 0 },
		{ "\xc3(", 0, 0 },
		{ "\xc0\x80", 0, 0 },
		{ "\xe0\x80\x80", 0, 0 },
		{ "\xed\xa0\x80", 0, 0 },
		{ "\xf4\x90\x80\x80", 0, 0 },
		{ "\xff", 0, 0 },
		{ "\xf0\x80\x80\x80", 0, 0 },
		{ "\xe2\x9c", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint32_t character = 0;

		assert_int_equal(utf8_next(rows[i].bytes, strlen(rows[i].bytes), &character),
		                 rows[i].length);
		if (rows[i].length)
			assert_int_equal(character, rows[i].character);
	}
}

/* ---- in one line ---- */

static void expect_summary(const struct fixture *fixture, const char *expected)
{
	struct findings *findings = findings_new(&fixture->test);

	assert_string_equal(findings->summary, expected);
	findings_free(findings);
}

static void test_summaries(void **state)
{
	static const char both[] = "wanted F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>, "
				   "seen F. 1:1(0) ack 1001 win 257 (retransmitted FIN, 2nd time, "
				   "0.204 s after the first)";
	struct fixture *fixture = *state;
	const struct report_known bug = { "it is lost", "1a2b3c" };
	struct mismatch *payload;
	char text[WORDS];

	fill_failure(fixture);
	expect_summary(fixture, both);
	/* The judge has more to say than the run. */
	fixture->verdict->kind = VERDICT_INVALID;
	strcpy(fixture->verdict->reason, "the harness was late");
	snprintf(text, sizeof(text), "the harness was late: %s", both);
	expect_summary(fixture, text);
	strcpy(fixture->verdict->reason, fixture->evidence->reason);
	/* What is no part of a segment's text. */
	payload = mismatch_add(&fixture->evidence->mismatches, "payload", (struct range){ 0, 0 });
	strcpy(payload->want, "\"a\"");
	strcpy(payload->seen, "\"b\"");
	snprintf(text, sizeof(text), "%s; payload wanted \"a\", seen \"b\"", both);
	expect_summary(fixture, text);
	fixture->evidence->has_want = false;
	expect_summary(fixture, "the kernel's segment is not the one wanted: "
	                        "F. 1:1(0) ack 1001 win 257 (retransmitted FIN, 2nd time, 0.204 s "
	                        "after the first)");
	fixture->evidence->has_want = true;
	fixture->evidence->has_seen = false;
	fixture->evidence->event = EVENT_NONE;
	expect_summary(fixture, "wanted F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>, "
	                        "seen nothing until 0.3019 s");
	fixture->test.known = &bug;
	fixture->verdict->kind = VERDICT_XFAIL;
	expect_summary(fixture, "it is lost (1a2b3c)");
	fixture->verdict->kind = VERDICT_XPASS;
	expect_summary(fixture, "passed, although a bug is known: it is lost (1a2b3c)");
	fixture->verdict->kind = VERDICT_PASS;
	expect_summary(fixture, "");
	fixture->test.flaky = true;
	fixture->test.tries = 2;
	fixture->test.before = "FAIL: it differs";
	expect_summary(fixture, "passed on try 2, after FAIL: it differs");
}

/* ---- the formats ---- */

/* What a report in a file says of tests, in the order in which they came; to be freed. */
static char *printed_all(const char *name, const struct report_test *const *tests, size_t count,
                         size_t groups, const struct report_totals *totals)
{
	const struct report_run run = { .tests = count, .groups = groups };
	int file = memfd_create("report", MFD_CLOEXEC);
	char path[64], *text;
	struct report_outputs outputs = {
		.list = { { .format = report_format_find(name), .path = path } },
		.count = 1,
	};
	size_t which;
	off_t size;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	assert_non_null(outputs.list[0].format);
	assert_true(outputs_open(&outputs, &which));
	outputs_begin(&outputs, &run);
	for (size_t i = 0; i < count; i++)
		outputs_test(&outputs, tests[i]);
	outputs_end(&outputs, totals);
	assert_true(outputs_close(&outputs, "test"));
	size = lseek(file, 0, SEEK_END);
	text = calloc(1, (size_t)size + 1);
	assert_int_equal(pread(file, text, (size_t)size, 0), size);
	close(file);
	return text;
}

static char *printed(const char *name, const struct report_test *test,
                     const struct report_totals *totals)
{
	return printed_all(name, &test, 1, 1, totals);
}

static void expect_printed(const char *name, const struct report_test *test, const char *expected)
{
	struct report_totals totals = { .tests = 1, .wall = 1234000 };
	char *text;

	totals.count[test->verdict->kind] = 1;
	text = printed(name, test, &totals);
	assert_string_equal(text, expected);
	free(text);
}

/* The same, of which a part is looked at. */
static void expect_part(const char *name, const struct report_test *test, const char *expected)
{
	struct report_totals totals = { .tests = 1, .wall = 1234000 };
	char *text = printed(name, test, &totals);

	if (!strstr(text, expected))
		fail_msg("%s has not '%s':\n%s", name, expected, text);
	free(text);
}

static void test_formats_are_found(void **state)
{
	(void)state;
	assert_string_equal(report_formats[0]->name, "text");
	for (size_t i = 0; i < report_format_count; i++) {
		assert_ptr_equal(report_format_find(report_formats[i]->name), report_formats[i]);
		assert_true(strlen(report_formats[i]->help) > 0);
	}
	assert_null(report_format_find("pdf"));
}

static void test_pass(void **state)
{
	struct fixture *fixture = *state;

	fill_trace(fixture);
	fixture->verdict->kind = VERDICT_PASS;
	fixture->evidence->duration = 301500;
	expect_printed("text", &fixture->test,
	               "PASS  scripts/x.pkt ipv6                             0.31 s\n"
	               "1 passed, 0 failed, 0 skipped in 1.2 s\n");
	expect_printed("tap", &fixture->test,
	               "KTAP version 1\n"
	               "1..1\n"
	               "    KTAP version 1\n"
	               "    1..1\n"
	               "    ok 1 ipv6\n"
	               "ok 1 scripts/x.pkt\n"
	               "# 1 passed, 0 failed, 0 skipped in 1.2 s\n");
	expect_printed(
		"junit", &fixture->test,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n"
		"<testsuite name=\"tcpclose\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""
		" time=\"1.234\">\n"
		"<testcase classname=\"scripts/x.pkt\" name=\"scripts/x.pkt ipv6\""
		" file=\"scripts/x.pkt\" time=\"0.312\"/>\n"
		"</testsuite>\n"
		"</testsuites>\n");
	expect_printed(
		"json", &fixture->test,
		"{\"run\":{\"tests\":1}}\n"
		"{\"test\":1,\"name\":\"scripts/x.pkt ipv6\",\"path\":\"scripts/x.pkt\","
		"\"family\":\"ipv6\",\"verdict\":\"PASS\",\"wall\":0.312000,\"duration\":0.301500,"
		"\"late_max\":0.000000,\"late_median\":0.000000,\"late_p99\":0.000000,"
		"\"again\":\"tcpclose-run --ip_version=ipv6 scripts/x.pkt\"}\n"
		"{\"totals\":{\"tests\":1,\"DIED\":0,\"PASS\":1,\"FAIL\":0,\"XFAIL\":0,\"XPASS\":0,"
		"\"SKIP\":0,\"INVALID\":0,\"ERROR\":0,\"CHECKED\":0,\"flaky\":0,\"run_again\":0,"
		"\"not_run\":0,"
		"\"wall\":1.234000}}\n");
}

static void test_text_lines(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;

	fixture->test.name = "time-wait/fin-again.pkt \xc3\xa9";
	strcpy(verdict->reason, "needs Linux 6.12");
	verdict->kind = VERDICT_SKIP;
	expect_printed("text", &fixture->test,
	               "SKIP  time-wait/fin-again.pkt \xc3\xa9                      0.31 s  needs "
	               "Linux 6.12\n"
	               "0 passed, 0 failed, 1 skipped in 1.2 s\n");
	verdict->kind = VERDICT_XFAIL;
	fixture->evidence->let_pass_count = 2;
	strcpy(fixture->evidence->let_pass[0].text, "close returned 0, not 1");
	strcpy(fixture->evidence->let_pass[1].text, "close returned 0, not 2");
	expect_printed("text", &fixture->test,
	               "XFAIL time-wait/fin-again.pkt \xc3\xa9                      0.31 s"
	               "  needs Linux 6.12  (2 mismatches let pass)\n"
	               "  let pass  2 mismatches\n"
	               "            close returned 0, not 1\n"
	               "            close returned 0, not 2\n"
	               "0 passed, 0 failed, 0 skipped, 1 xfailed in 1.2 s\n");
}

/* What stands beside a verdict that needs no explanation. */
static void test_aside(void **state)
{
	struct fixture *fixture = *state;
	struct diag *warnings = diag_new(fixture->arena, fixture->test.sources);

	fixture->verdict->kind = VERDICT_PASS;
	fixture->evidence->let_pass_count = LET_PASS_MAX + 2;
	for (unsigned i = 0; i < LET_PASS_MAX; i++)
		snprintf(fixture->evidence->let_pass[i].text, LET_PASS_TEXT, "%u <- %u", i, i + 1);
	diag_warning(warnings, find(fixture, "1002"), "hardly <meant>");
	diag_hint(warnings, "write it");
	fixture->test.warnings = warnings;
	expect_part("json", &fixture->test,
	            "\"verdict\":\"PASS\",\"wall\":0.312000,\"warnings\":[{\"text\":\"hardly "
	            "<meant>\",\"file\":\"scripts/x.pkt\",\"line\":10,\"column\":22,"
	            "\"hint\":\"write it\"}],\"let_pass\":[\"0 <- 1\",");
	expect_part("json", &fixture->test, "\"63 <- 64\",\"and 2 more\"],");
	expect_part("tap", &fixture->test, "    # scripts/x.pkt:10:22: warning: hardly <meant>\n");
	expect_part("tap", &fixture->test,
	            "    #   let pass  66 mismatches\n    #             0 <- 1\n");
	expect_part("junit", &fixture->test,
	            " time=\"0.312\">\n  <system-err>scripts/x.pkt:10:22: warning: hardly "
	            "&lt;meant&gt;\n");
	expect_part("junit", &fixture->test,
	            "            and 2 more\n</system-err>\n</testcase>\n");
	expect_part("html", &fixture->test,
	            "<dt>warnings</dt><dd><pre>scripts/x.pkt:10:22: warning: hardly &lt;meant&gt;");
	expect_part("html", &fixture->test, "<dt>let pass</dt><dd><code>0 &lt;- 1</code></dd>");
}

/* Beside a failure the explanation has what was let pass. */
static void test_aside_of_a_failure(void **state)
{
	struct fixture *fixture = *state;
	struct diag *warnings = diag_new(fixture->arena, fixture->test.sources);

	fill_failure(fixture);
	fixture->evidence->let_pass_count = 1;
	strcpy(fixture->evidence->let_pass[0].text, "it passed");
	diag_warning(warnings, find(fixture, "1002"), "hardly meant");
	fixture->test.warnings = warnings;
	expect_part("junit", &fixture->test, "            it passed\n  events\n");
	expect_part("junit", &fixture->test,
	            "</failure>\n  <system-err>scripts/x.pkt:10:22: warning: hardly meant\n"
	            "    +0   &gt; F. 1:1(0) ack 1002 &lt;nop,nop,TS val * ecr 7&gt;\n"
	            "                         ^~~~\n"
	            "</system-err>\n</testcase>\n");
	expect_part("tap", &fixture->test,
	            "    #                          ^~~~\n    # scripts/x.pkt:10:22: FAIL (ipv6)");
}

static void test_text_totals(void **state)
{
	struct report_totals totals = { .wall = 61950000 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	totals.count[VERDICT_PASS] = 38;
	totals.count[VERDICT_FAIL] = 1;
	totals.count[VERDICT_SKIP] = 2;
	for (int kind = 0; kind < VERDICT_KINDS; kind++)
		totals.count[kind] += totals.count[kind] ? 0 : 3;
	report_format_find("text")->end(out, NULL, &totals);
	fclose(out);
	assert_string_equal(text, "38 passed, 1 failed, 2 skipped, 3 xfailed, 3 xpassed, 3 invalid,"
	                          " 3 broken, 3 died, 3 checked in 62.0 s\n");
	free(text);
}

static void test_text_failure(void **state)
{
	struct fixture *fixture = *state;

	fill_failure(fixture);
	expect_printed("text", &fixture->test,
	               FAILURE "\n"
	                       "0 passed, 1 failed, 0 skipped in 1.2 s\n");
}

static void test_tap_failure(void **state)
{
	struct fixture *fixture = *state;

	fixture->verdict->kind = VERDICT_FAIL;
	strcpy(fixture->verdict->reason, "it differs");
	strcpy(fixture->verdict->detail, "a\n\nnot ok 7");
	fixture->test.group = "a#b\\c\nd";
	expect_printed("tap", &fixture->test,
	               "KTAP version 1\n"
	               "1..1\n"
	               "    KTAP version 1\n"
	               "    1..1\n"
	               "    # scripts/x.pkt: FAIL (ipv6): it differs\n"
	               "    #   a\n"
	               "    #   \n"
	               "    #   not ok 7\n"
	               "    #   again     tcpclose-run --ip_version=ipv6 scripts/x.pkt\n"
	               "    not ok 1 ipv6 # it differs\n"
	               "not ok 1 a\\#b\\\\c?d\n"
	               "# 0 passed, 1 failed, 0 skipped in 1.2 s\n");
}

static void test_tap_results(void **state)
{
	static const char *const results[VERDICT_KINDS] = {
		[VERDICT_NONE] = "not ok 1 n # ERROR why\n",
		[VERDICT_PASS] = "ok 1 n\n",
		[VERDICT_FAIL] = "not ok 1 n # why\n",
		[VERDICT_XFAIL] = "ok 1 n # XFAIL why\n",
		[VERDICT_XPASS] = "not ok 1 n # passed, although a bug is known\n",
		[VERDICT_SKIP] = "ok 1 n # SKIP why\n",
		[VERDICT_INVALID] = "ok 1 n # SKIP invalid: why\n",
		[VERDICT_ERROR] = "not ok 1 n # ERROR why\n",
		[VERDICT_CHECKED] = "ok 1 n # SKIP checked: why\n",
	};
	struct fixture *fixture = *state;
	struct report_totals totals = { .tests = 1 };

	fixture->test.member = "n";
	strcpy(fixture->verdict->reason, "why");
	for (int kind = 0; kind < VERDICT_KINDS; kind++) {
		fixture->verdict->kind = (enum verdict_kind)kind;
		char *text = printed("tap", &fixture->test, &totals);
		char *result = strstr(text, "ok 1 n");

		assert_non_null(result);
		if (result[-1] != ' ' || result[-2] != ' ')
			result -= 4;
		assert_memory_equal(result, results[kind], strlen(results[kind]));
		free(text);
	}
}

/* ---- the order of tests in files ---- */

/* Each of the words stands behind the one before it. */
static void expect_order(const char *text, const char *const *words)
{
	const char *rest = text;

	for (; *words; words++) {
		rest = strstr(rest, *words);
		if (!rest)
			fail_msg("\"%s\" is not where it should be in:\n%s", *words, text);
		rest += strlen(*words);
	}
}

/* Two groups, of two tests and of one; they come in another order than that of their names. */
static void test_order_of_files(void **state)
{
	static const char *const by_name[] = { "a.pkt ipv4", "a.pkt ipv6", "b.pkt ipv4", NULL };
	static const char *const by_verdict[] = { "id=\"test:a.pkt.ipv6\"",
		                                  "id=\"test:a.pkt.ipv4\"",
		                                  "id=\"test:b.pkt.ipv4\"", NULL };
	static const char *const grouped[] = {
		"    1..2\n", "    ok 1 ipv4", "    not ok 2 ipv6", "\nnot ok 1 a.pkt\n",
		"    1..1\n", "    ok 1 ipv4", "\nok 2 b.pkt\n",    NULL,
	};
	static struct verdict verdicts[3];
	struct fixture *fixture = *state;
	struct report_test tests[3] = { fixture->test, fixture->test, fixture->test };
	const struct report_test *const came[] = { &tests[2], &tests[1], &tests[0] };
	const struct report_totals totals = { .tests = 3 };

	for (size_t i = 0; i < 3; i++) {
		verdicts[i].evidence = fixture->evidence;
		tests[i].verdict = &verdicts[i];
		tests[i].name = by_name[i];
		tests[i].group = i < 2 ? "a.pkt" : "b.pkt";
		tests[i].member = i == 1 ? "ipv6" : "ipv4";
		tests[i].number = i + 1;
		tests[i].group_number = i < 2 ? 1 : 2;
		tests[i].member_number = i == 1 ? 2 : 1;
		tests[i].group_size = i < 2 ? 2 : 1;
		verdicts[i].kind = i == 1 ? VERDICT_FAIL : VERDICT_PASS;
	}
	for (size_t i = 0; i < report_format_count; i++) {
		const struct report_format *format = report_formats[i];
		char *text = printed_all(format->name, came, 3, 2, &totals);

		expect_order(text, format->group         ? grouped
		                   : format->worst_first ? by_verdict
		                                         : by_name);
		free(text);
	}
}

static void test_junit_failure(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;

	verdict->kind = VERDICT_FAIL;
	verdict->where = find(fixture, "EPIPE");
	strcpy(verdict->reason, "a < b & \"c\"\n\x01\xff");
	fixture->test.rerun = NULL;
	expect_printed(
		"junit", &fixture->test,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n"
		"<testsuite name=\"tcpclose\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""
		" time=\"1.234\">\n"
		"<testcase classname=\"scripts/x.pkt\" name=\"scripts/x.pkt ipv6\""
		" file=\"scripts/x.pkt\" line=\"7\" time=\"0.312\">\n"
		"  <failure type=\"FAIL\" message=\"a &lt; b &amp; &quot;c&quot;&#10;"
		"\xef\xbf\xbd\xef\xbf\xbd\">"
		"scripts/x.pkt:7:29: FAIL (ipv6): a &lt; b &amp; &quot;c&quot;???\n"
		"    +0   write(4, ..., 10) = -1 EPIPE (Broken pipe)\n"
		"                                ^~~~~\n"
		"</failure>\n"
		"</testcase>\n"
		"</testsuite>\n"
		"</testsuites>\n");
}

static void test_junit_skip(void **state)
{
	struct fixture *fixture = *state;

	fixture->verdict->kind = VERDICT_INVALID;
	strcpy(fixture->verdict->reason, "late");
	expect_printed(
		"junit", &fixture->test,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n"
		"<testsuite name=\"tcpclose\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""
		" time=\"1.234\">\n"
		"<testcase classname=\"scripts/x.pkt\" name=\"scripts/x.pkt ipv6\""
		" file=\"scripts/x.pkt\" time=\"0.312\">\n"
		"  <skipped type=\"INVALID\" message=\"late\"/>\n"
		"</testcase>\n"
		"</testsuite>\n"
		"</testsuites>\n");
}

static void test_json_failure(void **state)
{
	struct fixture *fixture = *state;

	fill_failure(fixture);
	memset(&fixture->evidence->trace, 0, sizeof(fixture->evidence->trace));
	struct event *event =
		add_good(fixture, 5, "+0   write(4, ..., 10) = -1 EPIPE (Broken pipe)", -1, 32);
	event = add(fixture, EVENT_SENT, 9, NULL);
	event->segment = tcp(TCP_FIN, 1, 0, 0);
	event->connection = 1;
	event->late = -2;
	strcpy(event->classified, "FIN");
	event = add(fixture, EVENT_OBSERVED, 10, "+0   state(4) = FIN_WAIT_1");
	event->state.state = STATE_TIME_WAIT;
	fixture->evidence->event = 1;
	expect_printed(
		"json", &fixture->test,
		"{\"run\":{\"tests\":1}}\n"
		"{\"test\":1,\"name\":\"scripts/x.pkt ipv6\",\"path\":\"scripts/x.pkt\","
		"\"family\":\"ipv6\",\"verdict\":\"FAIL\",\"wall\":0.312000,"
		"\"reason\":\"the kernel's segment is not the one wanted\","
		"\"summary\":\"wanted F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>, "
		"seen F. 1:1(0) ack 1001 win 257 (FIN)\","
		"\"file\":\"scripts/x.pkt\",\"line\":10,\"column\":22,"
		"\"wanted\":\"F. 1:1(0) ack 1002 <nop,nop,TS val * ecr 7>\","
		"\"seen\":\"F. 1:1(0) ack 1001 win 257\","
		"\"mismatches\":[{\"field\":\"ack\",\"wanted\":\"1002\",\"seen\":\"1001 (1 "
		"less)\"},"
		"{\"field\":\"options\",\"wanted\":\"<nop,nop,TS val 0 ecr "
		"7>\",\"seen\":\"none\"}],"
		"\"class\":\"FIN\","
		"\"state\":{\"name\":\"FIN_WAIT_1\",\"timer\":\"retransmit\",\"expires\":0.412000,"
		"\"retransmits\":1,\"receive_queue\":0,\"send_queue\":1,\"descriptor\":false},"
		"\"at\":0.301900,\"duration\":0.301500,\"late_max\":0.003100,"
		"\"late_median\":0.000040,\"late_p99\":0.001200,"
		"\"event\":1,\"events\":["
		"{\"kind\":\"call\",\"at\":0.000005,\"late\":0.000000,"
		"\"text\":\"write(4, ..., 10) = -1 EPIPE (Broken pipe)\",\"result\":-1,"
		"\"error\":\"EPIPE\",\"errno\":32,\"line\":7},"
		"{\"kind\":\"sent\",\"at\":0.000009,\"late\":-0.000002,\"connection\":1,"
		"\"text\":\"F 1:1(0) win 0\",\"class\":\"FIN\"},"
		"{\"kind\":\"observed\",\"at\":0.000010,\"late\":0.000000,"
		"\"text\":\"state(4) = FIN_WAIT_1 -> TIME_WAIT\",\"state\":{\"name\":\"TIME_WAIT\","
		"\"timer\":\"none\",\"expires\":0.000000,\"retransmits\":0,\"receive_queue\":0,"
		"\"send_queue\":0,\"descriptor\":false},\"line\":9}],"
		"\"again\":\"tcpclose-run --ip_version=ipv6 scripts/x.pkt\"}\n"
		"{\"totals\":{\"tests\":1,\"DIED\":0,\"PASS\":0,\"FAIL\":1,\"XFAIL\":0,\"XPASS\":0,"
		"\"SKIP\":0,\"INVALID\":0,\"ERROR\":0,\"CHECKED\":0,\"flaky\":0,\"run_again\":0,"
		"\"not_run\":0,"
		"\"wall\":1.234000}}\n");
}

static void test_json_death(void **state)
{
	struct fixture *fixture = *state;

	fill_failure(fixture);
	memset(&fixture->evidence->trace, 0, sizeof(fixture->evidence->trace));
	fixture->verdict->kind = VERDICT_NONE;
	strcpy(fixture->verdict->reason, "a\"b\\c\td\x7f\xc3\xa9\xff");
	fixture->test.sources = NULL;
	expect_printed(
		"json", &fixture->test,
		"{\"run\":{\"tests\":1}}\n"
		"{\"test\":1,\"name\":\"scripts/x.pkt ipv6\",\"path\":\"scripts/x.pkt\","
		"\"family\":\"ipv6\",\"verdict\":\"DIED\",\"wall\":0.312000,"
		"\"reason\":\"a\\\"b\\\\c\\u0009d\\u007f\xc3\xa9\\ufffd\","
		"\"summary\":\"a\\\"b\\\\c\\u0009d\\u007f\xc3\xa9\\ufffd\",\"events\":[],"
		"\"again\":\"tcpclose-run --ip_version=ipv6 scripts/x.pkt\"}\n"
		"{\"totals\":{\"tests\":1,\"DIED\":1,\"PASS\":0,\"FAIL\":0,\"XFAIL\":0,\"XPASS\":0,"
		"\"SKIP\":0,\"INVALID\":0,\"ERROR\":0,\"CHECKED\":0,\"flaky\":0,\"run_again\":0,"
		"\"not_run\":0,"
		"\"wall\":1.234000}}\n");
}

/* ---- any bytes ---- */

static void assert_utf8(const char *text)
{
	size_t left = strlen(text), length;
	uint32_t character;

	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		assert_true(length > 0);
		assert_true(character >= 0x20 || character == '\n');
		assert_true(character != 0xfffe && character != 0xffff);
	}
}

/* Each line is one object: strings closed, escapes known, brackets balanced outside of strings. */
static void assert_json_lines(const char *text)
{
	int depth = 0;
	bool string = false;

	for (; *text; text++) {
		if (string && *text == '\\')
			assert_non_null(strchr("\"\\u", *++text));
		else if (*text == '"')
			string = !string;
		else if (!string && strchr("{[", *text))
			depth++;
		else if (!string && strchr("}]", *text))
			depth--;
		else if (*text == '\n')
			assert_true(!string && depth == 0);
	}
	assert_true(!string && depth == 0);
}

/* No markup but ours: '<' only before the names of our elements, '&' only before entities. */
static void assert_xml(const char *text)
{
	static const char *const after[] = {
		"?xml ",     "testsuites>", "/testsuites>", "testsuite ", "/testsuite>",
		"testcase ", "/testcase>",  "failure ",     "/failure>",  "error ",
		"/error>",   "skipped ",    "lt;",          "gt;",        "amp;",
		"quot;",     "#9;",         "#10;",         "#13;",
	};

	while ((text = strpbrk(text, "<&"))) {
		bool known = false;

		text++;
		for (size_t i = 0; i < sizeof(after) / sizeof(*after); i++)
			known = known || !strncmp(text, after[i], strlen(after[i]));
		assert_true(known);
	}
}

static void fill_randomly(char *text, size_t size)
{
	static const char nasty[] = "<>&\"'\\#\n\r\t\x01\x1b\x7f\xc3\xa9\xff\xed\xa0\x80]]>-->";

	for (size_t i = 0; i < size; i++)
		text[i] = (char)(rand() % 2 ? nasty[rand() % (int)sizeof(nasty)] : rand());
}

static void test_any_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *verdict = fixture->verdict;
	struct report_totals totals = { .tests = 1 };
	struct event *event;
	static char name[64]; /* the fixture keeps it */

	fill_failure(fixture);
	event = trace_add(&fixture->evidence->trace);
	for (unsigned seed = 0; seed < 400; seed++) {
		srand(seed);
		fill_randomly(verdict->reason, VERDICT_TEXT);
		fill_randomly(verdict->detail, VERDICT_TEXT);
		fill_randomly(event->classified, CLASSIFIED_TEXT);
		fill_randomly(fixture->evidence->mismatches.list[0].want, MISMATCH_TEXT);
		fill_randomly(name, sizeof(name));
		name[sizeof(name) - 1] = '\0';
		fixture->test.name = fixture->test.path = fixture->test.rerun = name;
		verdict->kind = (enum verdict_kind)(seed % VERDICT_KINDS);
		for (size_t i = 0; i < report_format_count; i++) {
			char *text = printed(report_formats[i]->name, &fixture->test, &totals);

			assert_utf8(text);
			if (!strcmp(report_formats[i]->name, "json"))
				assert_json_lines(text);
			if (!strcmp(report_formats[i]->name, "junit"))
				assert_xml(text);
			free(text);
		}
	}
}

/* ---- two kernels ---- */

static struct compared compare_all(struct fixture *fixture, struct verdict *other, bool stack)
{
	FILE *none = fopen("/dev/null", "w");
	const struct comparison comparison = {
		.group = "x.pkt",
		.variant = "ipv4",
		.a = fixture->verdict,
		.b = other,
		.sources = fixture->sources,
		.tolerance = 4000,
		.stack = stack,
	};
	struct compared compared = compare_find(&comparison);

	if (compared.difference != DIFFERENCE_NONE)
		compare_print(none, &comparison, &compared);
	fclose(none);
	return compared;
}

static enum difference compared(struct fixture *fixture, struct verdict *other)
{
	return compare_all(fixture, other, false).difference;
}

/* Beside another stack: what it may choose is no difference, and the model says what is wrong. */
static void test_compared_with_a_stack(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *other = arena_alloc(fixture->arena, sizeof(*other));
	struct evidence *their = arena_alloc(fixture->arena, sizeof(*their));
	struct event *event;

	other->evidence = their;
	other->kind = fixture->verdict->kind;
	add(fixture, EVENT_SENT, 100000, NULL)->segment = tcp(TCP_FIN | TCP_ACK, 1, 1, 1000);
	event = trace_add(&their->trace);
	*event = *trace_get(&fixture->evidence->trace, 0);
	event->segment.tcp.window = 2000;
	event->at += 1000000;
	assert_int_equal(compared(fixture, other), DIFFERENCE_REPLY);
	assert_int_equal(compare_all(fixture, other, true).difference, DIFFERENCE_NONE);
	event->segment.tcp.flags = TCP_RST;
	assert_int_equal(compare_all(fixture, other, true).difference, DIFFERENCE_REPLY);
	assert_false(compare_all(fixture, other, true).allowed); /* the model was not asked */
	their->model.asked = fixture->evidence->model.asked = true;
	assert_true(compare_all(fixture, other, true).allowed);
	assert_false(compare_all(fixture, other, false).allowed);
	strcpy(their->model.rule, "text");
	assert_false(compare_all(fixture, other, true).allowed);
}

static void test_compared_times(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *other = arena_alloc(fixture->arena, sizeof(*other));
	struct evidence *their = arena_alloc(fixture->arena, sizeof(*their));
	struct event *event;

	other->evidence = their;
	add(fixture, EVENT_SENT, 100000, NULL)->segment = tcp(TCP_FIN | TCP_ACK, 1, 1, 1000);
	event = trace_add(&their->trace);
	*event = *trace_get(&fixture->evidence->trace, 0);
	event->at += 4000;
	assert_int_equal(compared(fixture, other), DIFFERENCE_NONE);
	event->at += 1000;
	assert_int_equal(compared(fixture, other), DIFFERENCE_TIME);
	/* It may be the harness's. */
	fixture->evidence->late_sum = 500;
	assert_int_equal(compared(fixture, other), DIFFERENCE_TIME);
	their->late_sum = 500;
	assert_int_equal(compared(fixture, other), DIFFERENCE_NONE);
}

/* A SYN-ACK that no line wants, its retransmission, a RST that goes by it and an echo of it. */
static void fill_drawn(struct trace *trace, uint32_t isn, uint32_t reset)
{
	struct event *event = trace_add(trace);

	event->kind = EVENT_SENT;
	event->segment = tcp(TCP_SYN | TCP_ACK, isn, 1, 1000);
	event = trace_add(trace);
	event->kind = EVENT_INJECTED;
	event->segment = tcp(TCP_ACK, 1, isn + 1, 1000);
	event = trace_add(trace);
	event->kind = EVENT_SENT;
	event->segment = tcp(TCP_RST, reset, 0, 0);
}

static void test_compared_drawn(void **state)
{
	struct fixture *fixture = *state;
	struct verdict *other = arena_alloc(fixture->arena, sizeof(*other));
	struct evidence *their = arena_alloc(fixture->arena, sizeof(*their));

	other->evidence = their;
	fill_drawn(&fixture->evidence->trace, 1000, 1001);
	fill_drawn(&their->trace, 4000000000, 4000000001);
	assert_int_equal(compared(fixture, other), DIFFERENCE_NONE);
	/* What goes by another number than the one that was drawn is no matter of drawing. */
	their->trace.count = 0;
	fill_drawn(&their->trace, 4000000000, 4000000002);
	assert_int_equal(compared(fixture, other), DIFFERENCE_REPLY);
	/* Where the script names it the number is its own. */
	their->trace.count = 0;
	fill_drawn(&their->trace, 1001, 1002);
	fixture->evidence->trace.events[0].where = find(fixture, "> S.");
	assert_int_equal(compared(fixture, other), DIFFERENCE_REPLY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		TEST(test_explain_failure),
		TEST(test_explain_missing_segment),
		TEST(test_explain_unwanted_segment),
		TEST(test_explain_call),
		TEST(test_explain_invalid),
		TEST(test_explain_death),
		TEST(test_explain_death_place),
		TEST(test_explain_junk),
		TEST(test_ascii),
		TEST(test_ladder),
		TEST(test_ladder_counts_what_is_lost),
		TEST(test_source_words),
		TEST(test_inner_source_words),
		TEST(test_headers_around),
		TEST(test_state_words),
		TEST(test_utf8),
		TEST(test_summaries),
		TEST(test_formats_are_found),
		TEST(test_pass),
		TEST(test_text_lines),
		TEST(test_aside),
		TEST(test_aside_of_a_failure),
		TEST(test_text_totals),
		TEST(test_text_failure),
		TEST(test_tap_failure),
		TEST(test_tap_results),
		TEST(test_order_of_files),
		TEST(test_junit_failure),
		TEST(test_junit_skip),
		TEST(test_json_failure),
		TEST(test_json_death),
		TEST(test_any_bytes),
		TEST(test_compared_times),
		TEST(test_compared_with_a_stack),
		TEST(test_compared_drawn),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
