/*
 * verdict/edits, mend, edited and home: what was seen becomes small changes of a script's own
 * words, and all else in its lines stays as it is. The lines are those of a script that is
 * compiled, so the places are those of a real run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "program/compile.h"
#include "script/parse.h"
#include "verdict/edited.h"
#include "verdict/home.h"
#include "verdict/mend.h"
#include "wire/tcp_options.h"

static struct arena *arena;

struct fixture {
	struct sources *sources;
	const struct source_text *text;
	struct case_table table;
	struct program *program;
	struct edits edits;
};

/*
 * The script with one line of the kernel's behind a handshake, as row `row` of its table plays it.
 */
static struct fixture *compiled_text(const char *whole, size_t row)
{
	struct fixture *f = arena_alloc(arena, sizeof(*f));
	struct diag *diag;
	struct defines defines = { .first = NULL };
	struct script *tree;
	struct settings settings;

	f->sources = sources_new(arena);
	diag = diag_new(arena, f->sources);
	f->text = sources_add(f->sources, "x.pkt", whole, strlen(whole));
	assert_true(cases_read(f->text, arena, diag, &f->table));
	if (f->table.row_count)
		cases_define(&f->table, row, arena, &defines);
	parse_script_for(NULL, arena, f->sources, f->text, &f->table, &defines, diag, &tree);
	settings_init(&settings, false);
	settings.ip_version = IP_V4;
	assert_true(compile_script(tree, &settings, arena, diag, &f->program));
	return f;
}

static struct fixture *compiled(const char *line)
{
	return compiled_text(arena_printf(arena, "+0 < S 0:0(0) win 100\n%s\n", line), 0);
}

static struct segment seen_segment(uint16_t flags, uint32_t sequence, uint32_t length, uint32_t ack)
{
	struct segment seen = { .protocol = IPPROTO_TCP };

	seen.payload_length = length;
	seen.tcp.flags = flags;
	seen.tcp.sequence = sequence;
	seen.tcp.acknowledgment = ack;
	seen.tcp.window = 502;
	return seen;
}

static const struct step *last_step(const struct fixture *f)
{
	return &f->program->steps[f->program->count - 1];
}

/* What becomes of the last line when this is seen. */
static const char *mended(struct fixture *f, const struct segment *seen)
{
	const struct match_rules rules = { .ts_tolerance = -1 };
	struct mismatches mismatches = { .count = 0 };
	struct script_segment script = { *seen };
	const struct packet_want *want = last_step(f)->packet;
	const char *text;

	match_packet(want, &script, &rules, &mismatches);
	mend_packet(want, &script, &mismatches, &f->edits);
	text = edited_text(&f->edits, f->text, 0, f->text->length, arena);
	text = strchr(text, '\n') + 1;
	return arena_strndup(arena, text, strcspn(text, "\n"));
}

static void assert_mended(const char *line, const struct segment *seen, const char *want)
{
	struct fixture *f = compiled(line);

	assert_string_equal(mended(f, seen), want);
	assert_false(f->edits.hopeless);
}

/* ---- segments ---- */

static void test_fields(void **state)
{
	struct segment reset = seen_segment(TCP_RST | TCP_ACK, 1, 0, 101);
	struct segment data = seen_segment(TCP_PSH | TCP_ACK, 1, 100, 8);
	struct segment bare = seen_segment(TCP_RST, 7, 0, 0);

	(void)state;
	assert_mended("+0    > F. 1:1(0) ack 101  // why", &reset,
	              "+0    > R. 1:1(0) ack 101  // why");
	assert_mended("*  > . 5:15(10) ack 3 win 17", &data, "*  > P. 1:101(100) ack 8 win 502");
	assert_mended("+.1~+.2\t> P. *(10) ack *", &data, "+.1~+.2\t> P. *(100) ack *");
	assert_mended("+0 > P. 1:1(*) ack 7", &data, "+0 > P. 1:1(*) ack 8");
	/* "ack" is not there yet, or no longer. */
	assert_mended("+0 > P. 1:101(100)", &data, "+0 > P. 1:101(100) ack 8");
	assert_mended("+0 > R. 7:7(0) ack 5 <...>", &bare, "+0 > R 7:7(0) <...>");
	/* One of several is the nearest; the others stay. */
	assert_mended("+0 > R. 1:1(0) ack 100 or > F. 9:9(0) ack 9", &reset,
	              "+0 > R. 1:1(0) ack 101 or > F. 9:9(0) ack 9");
}

static void test_ip(void **state)
{
	struct segment seen = seen_segment(TCP_ACK, 1, 0, 1);

	(void)state;
	seen.tos = 2;
	seen.ttl = 64;
	assert_mended("+0 > (noecn, ttl 3) . 1:1(0) ack 1", &seen,
	              "+0 > (ect0, ttl 64) . 1:1(0) ack 1");
}

static void set_options(struct segment *seen, const uint8_t *bytes, size_t length)
{
	seen->tcp.options_length = (uint8_t)length;
	memcpy(seen->tcp.options, bytes, length);
}

static void test_options(void **state)
{
	static const uint8_t mss[] = { 2, 4, 5, 180, 1, 1, 4, 2, 1, 3, 3, 7 };
	static const uint8_t times[] = { 1, 1, 8, 10, 0, 0, 3, 232, 0, 0, 0, 9 };
	struct segment syn = seen_segment(TCP_SYN | TCP_ACK, 0, 0, 1);
	struct segment timed = seen_segment(TCP_ACK, 1, 0, 1);

	(void)state;
	set_options(&syn, mss, sizeof(mss));
	set_options(&timed, times, sizeof(times));
	assert_mended("+0 > S. 0:0(0) ack 1 <mss 1440,nop,nop,sackOK,nop,wscale *>", &syn,
	              "+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>");
	assert_mended("+0 > S. 0:0(0) ack 1 <mss *>", &syn,
	              "+0 > S. 0:0(0) ack 1 <mss *,nop,nop,sackOK,nop,wscale *>");
	assert_mended("+0 > S. 0:0(0) ack 3 <...>", &syn, "+0 > S. 0:0(0) ack 1 <...>");
	/* A timestamp's value is a name, which stays; one that is not there is left open. */
	assert_mended("+0 > . 1:1(0) ack 2 <nop,nop,TS val 100 ecr 5>", &timed,
	              "+0 > . 1:1(0) ack 1 <nop,nop,TS val 100 ecr 5>");
	assert_mended("+0 > . 1:1(0) ack 1", &timed,
	              "+0 > . 1:1(0) ack 1 <nop,nop,TS val * ecr *>");
	assert_mended("+0 > . 1:1(0) ack 1 <nop,nop,sackOK>",
	              &(struct segment){
			      .protocol = IPPROTO_TCP,
			      .tcp = { .flags = TCP_ACK, .sequence = 1, .acknowledgment = 1 } },
	              "+0 > . 1:1(0) ack 1");
}

/* The bytes of a segment would have to be written anew. */
static void test_hopeless(void **state)
{
	struct fixture *f = compiled("+0 > P. 1:4(3) ack 1 \"abc\"");
	struct segment seen = seen_segment(TCP_PSH | TCP_ACK, 1, 5, 1);

	(void)state;
	mended(f, &seen);
	assert_true(f->edits.hopeless);
}

static void test_new_line(void **state)
{
	struct segment seen = seen_segment(TCP_FIN | TCP_ACK, 1, 0, 2);
	char text[EDIT_TEXT];

	(void)state;
	seen.tcp.source = 8080;
	seen.tcp.destination = 5001;
	assert_true(mend_line(&seen, false, text));
	assert_string_equal(text, "> F. 1:1(0) ack 2");
	assert_true(mend_line(&seen, true, text));
	assert_string_equal(text, "> 8080 > 5001 F. 1:1(0) ack 2");
}

/* ---- times ---- */

static void assert_time(usec_t came, bool absolute, const char *want)
{
	struct edits *edits = arena_alloc(arena, sizeof(*edits));
	char text[EDIT_TEXT];

	edits_add_time(edits, (struct range){ 1, 2 }, absolute, came, 0, 4000);
	assert_string_equal(edits_print_time(&edits->list[0], text), want);
}

static void test_times(void **state)
{
	(void)state;
	assert_time(0, false, "+0");
	assert_time(4000, false, "+0");
	assert_time(208343, false, "+.2~+.24");
	assert_time(40100, false, "+.04~+.05");
	assert_time(1613000, false, "+1.6~+1.9");
	assert_time(61000000, false, "+61~+69");
	assert_time(208343, true, "0.2~0.24");
}

/* ---- texts ---- */

static struct range range_of(const struct fixture *f, const char *words)
{
	uint32_t begin = f->text->base + (uint32_t)(strstr(f->text->text, words) - f->text->text);

	return (struct range){ begin, begin + (uint32_t)strlen(words) };
}

static void assert_text(const struct fixture *f, const char *want)
{
	assert_string_equal(edited_text(&f->edits, f->text, 0, f->text->length, arena), want);
}

static void test_values(void **state)
{
	struct fixture *f =
		compiled_text("+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
	                      "+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0\n"
	                      "+0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1",
	                      0);

	(void)state;
	edits_add(&f->edits, EDIT_VALUE, range_of(f, "[0]"), "104");
	edits_add(&f->edits, EDIT_VALUE, range_of(f, "revents=POLLIN"), "POLLIN|POLLHUP");
	edits_add(&f->edits, EDIT_BEHIND, range_of(f, "= 1"), " // one");
	assert_text(f, "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
	               "+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [104], [4]) = 0\n"
	               "+0 poll([{fd=3, events=POLLIN, revents=POLLIN|POLLHUP}], 1, 0) = 1 // one");
}

static void test_lines(void **state)
{
	struct fixture *f = compiled_text("+0    socket(..., SOCK_STREAM,\n"
	                                  "             IPPROTO_TCP) = 3  // ours\n"
	                                  "+.1   close(3) = 0",
	                                  0);
	const struct step *steps = f->program->steps;
	struct edit *line;

	(void)state;
	line = edits_add(&f->edits, EDIT_LINE, steps[0].where, "> . 1:1(0) ack 1");
	line->next = steps[1].where;
	line->from = line->until = 0;
	line = edits_add(&f->edits, EDIT_LINE, steps[1].where, "> F. 1:1(0) ack 1");
	line->from = 200000;
	line->until = 240000;
	edits_add(&f->edits, EDIT_OUT, steps[0].where, "it did not come");
	/* What is in a line that becomes a comment is not changed. */
	edits_add(&f->edits, EDIT_WORDS, range_of(f, "IPPROTO_TCP"), "0");
	assert_text(f, "// it did not come: +0    socket(..., SOCK_STREAM,\n"
	               "//              IPPROTO_TCP) = 3  // ours\n"
	               "+0    > . 1:1(0) ack 1\n"
	               "+.1   close(3) = 0\n"
	               "+.2~+.24 > F. 1:1(0) ack 1\n");
}

/* One for the same words takes the place of the one before. */
static void test_again(void **state)
{
	struct fixture *f = compiled("+0 > . 1:1(0) ack 1");

	(void)state;
	edits_add(&f->edits, EDIT_VALUE, range_of(f, "ack 1"), "2");
	edits_add(&f->edits, EDIT_VALUE, range_of(f, "ack 1"), "3");
	assert_int_equal(f->edits.count, 1);
	assert_text(f, "+0 < S 0:0(0) win 100\n+0 > . 1:1(0) ack 3\n");
}

static void test_too_long(void **state)
{
	struct fixture *f = compiled("+0 > . 1:1(0) ack 1");
	char text[2 * EDIT_TEXT];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	edits_add(&f->edits, EDIT_VALUE, range_of(f, "ack 1"), "%s", text);
	assert_true(f->edits.hopeless);
	edits_clear(&f->edits);
	for (uint32_t i = 0; i < 2 * EDITS_MAX; i++)
		edits_add(&f->edits, EDIT_VALUE, (struct range){ i + 1, i + 2 }, "1");
	assert_int_equal(f->edits.count, EDITS_MAX);
	assert_true(f->edits.cut_short);
}

/* ---- tables ---- */

static const char table[] = "cases  name  answer                size\n"
			    "       one   \"> F. 1:1(0) ack 1\"   100\n"
			    "       two   \"> R. 1:1(0) ack 1\"   200\n"
			    "--define=WORD=7\n"
			    "+0 < S 0:0(0) win 100\n"
			    "+0 > . 1:1(*) ack size win WORD\n"
			    "+0 answer\n";

static struct home home_of(const struct fixture *f, size_t row)
{
	return (struct home){ f->sources, f->text, &f->table, row };
}

static void test_cell(void **state)
{
	struct fixture *f = compiled_text(table, 1);
	struct home home = home_of(f, 1);
	struct segment seen = seen_segment(TCP_FIN | TCP_ACK, 1, 0, 9);
	struct edit *edit;

	(void)state;
	mended(f, &seen);
	assert_int_equal(f->edits.count, 2);
	for (size_t i = 0; i < f->edits.count; i++)
		assert_true(home_take(&home, &f->edits.list[i]));
	edit = edits_add(&f->edits, EDIT_VALUE, range_of(f, "ack size"), "201");
	assert_true(home_take(&home, edit));
	const char *text = edited_text(&f->edits, f->text, 0, f->text->length, arena);
	assert_non_null(strstr(text, "one   \"> F. 1:1(0) ack 1\"   100\n"));
	assert_non_null(strstr(text, "two   \"> F. 1:1(0) ack 9\"   201\n"));
	assert_non_null(strstr(text, "+0 > . 1:1(*) ack size win WORD\n+0 answer\n"));
}

/*
 * An action that does not come leaves an empty cell; a word that is defined is nobody's to change.
 */
static void test_cell_goes(void **state)
{
	struct fixture *f = compiled_text(table, 0);
	struct home home = home_of(f, 0);
	struct edit *edit = edits_add(&f->edits, EDIT_OUT, last_step(f)->where, "it did not come");

	(void)state;
	assert_true(home_take(&home, edit));
	const char *text = edited_text(&f->edits, f->text, 0, f->text->length, arena);
	assert_non_null(strstr(text, "one   \"\"   100\n"));
	edit = edits_add(&f->edits, EDIT_VALUE, range_of(f, "win WORD"), "8");
	assert_false(home_take(&home, edit));
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_options, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hopeless, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_new_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_times, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_too_long, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cell, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cell_goes, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
