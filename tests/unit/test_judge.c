/* verdict/judge: what a run saw, and the circumstances, become a verdict. */
#include <string.h>

#include "verdict/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { MS = USEC_PER_MSEC, TOLERANCE = 4 * MS };

static const struct {
	const char *name;
	struct evidence evidence;
	struct judge_circumstances circumstances;
	enum verdict_kind kind;
	const char *detail;
} rows[] = {
	{ "nobody said how it ended", { .ending = ENDING_NONE }, { 0 }, VERDICT_NONE, "" },
	{ "well", { .ending = ENDING_WELL }, { 0 }, VERDICT_PASS, "" },
	{ "well, though late",
	  { .ending = ENDING_WELL, .late_max = 90 * MS },
	  { 0 },
	  VERDICT_PASS,
	  "" },
	{ "wrong", { .ending = ENDING_WRONG }, { 0 }, VERDICT_FAIL, "" },
	{ "broken", { .ending = ENDING_BROKEN, .detail = "x" }, { 0 }, VERDICT_INVALID, "x" },
	{ "missing", { .ending = ENDING_MISSING }, { .bug = true }, VERDICT_SKIP, "" },
	{ "the script", { .ending = ENDING_SCRIPT }, { .bug = true }, VERDICT_ERROR, "" },
	{ "only read", { .ending = ENDING_CHECKED }, { 0 }, VERDICT_CHECKED, "" },
	{ "no ending at all", { .ending = (enum ending)77 }, { 0 }, VERDICT_NONE, "" },
	{ "late",
	  { .ending = ENDING_WRONG, .late_recent = 5 * MS },
	  { .always_so = true, .bug = true },
	  VERDICT_INVALID,
	  "the harness was 5.0 ms late before this, more than the tolerance of 4.0 ms" },
	{ "as late as may be",
	  { .ending = ENDING_WRONG, .late_recent = 4 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "programs waited",
	  { .ending = ENDING_WRONG, .late_max = 1 * MS, .waited = 7 * MS },
	  { 0 },
	  VERDICT_INVALID,
	  "the script's programs waited 7.0 ms for a processor before this, more than "
	  "the tolerance of 4.0 ms" },
	{ "late, but long before",
	  { .ending = ENDING_WRONG, .late_max = 90 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "off by no more than was lost",
	  { .ending = ENDING_WRONG, .off = 5 * MS, .late_max = 5 * MS, .late_sum = 9 * MS },
	  { 0 },
	  VERDICT_INVALID,
	  "the harness was 5.0 ms late before this, more than the tolerance of 4.0 ms" },
	{ "off by more than was lost",
	  { .ending = ENDING_WRONG, .off = 500 * MS, .late_max = 5 * MS, .late_sum = 9 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "a wrong length",
	  { .ending = ENDING_WRONG,
	    .late_recent = 90 * MS,
	    .waited = 90 * MS,
	    .has_want = true,
	    .has_seen = true,
	    .event = EVENT_NONE,
	    .mismatches = { .list = { { .field = "length" } }, .count = 1 } },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "a wrong ACK number",
	  { .ending = ENDING_WRONG,
	    .late_recent = 5 * MS,
	    .has_want = true,
	    .has_seen = true,
	    .event = EVENT_NONE,
	    .mismatches = { .list = { { .field = "ack" } }, .count = 1 } },
	  { 0 },
	  VERDICT_INVALID,
	  "the harness was 5.0 ms late before this, more than the tolerance of 4.0 ms" },
	{ "a retransmission in its place",
	  { .ending = ENDING_WRONG,
	    .late_recent = 5 * MS,
	    .has_want = true,
	    .has_seen = true,
	    .mismatches = { .list = { { .field = "length" } }, .count = 1 },
	    .trace = { .count = 1, .events = { { .classified = "retransmission of 1:11" } } } },
	  { 0 },
	  VERDICT_INVALID,
	  "the harness was 5.0 ms late before this, more than the tolerance of 4.0 ms" },
	{ "a call that hangs",
	  { .ending = ENDING_WRONG,
	    .late_recent = 90 * MS,
	    .late_max = 90 * MS,
	    .waited = 90 * MS,
	    .hung = 2000 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "busy",
	  { .ending = ENDING_WRONG, .off = 2 * MS, .pressure = 3 * MS },
	  { 0 },
	  VERDICT_INVALID,
	  "the machine is busy: the time is off by 2.0 ms" },
	{ "busy, and too early, behind one that was late",
	  { .ending = ENDING_WRONG,
	    .off = 2 * MS,
	    .early = true,
	    .late_kernel = 2 * MS,
	    .pressure = 3 * MS },
	  { 0 },
	  VERDICT_INVALID,
	  "the machine is busy: the time is off by 2.0 ms" },
	{ "busy, and too early, with nothing late before it",
	  { .ending = ENDING_WRONG,
	    .off = 2 * MS,
	    .early = true,
	    .late_kernel = 1 * MS,
	    .pressure = 3 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "busy, but always so",
	  { .ending = ENDING_WRONG, .off = 2 * MS, .pressure = 3 * MS },
	  { .always_so = true },
	  VERDICT_FAIL,
	  "" },
	{ "not that busy",
	  { .ending = ENDING_WRONG, .off = 3 * MS, .pressure = 2 * MS },
	  { 0 },
	  VERDICT_FAIL,
	  "" },
	{ "a slow command",
	  { .ending = ENDING_WRONG, .command_max = 9 * MS, .pressure = 5 * MS },
	  { 0 },
	  VERDICT_INVALID,
	  "the machine is busy: a shell command delayed the script by 9.0 ms" },
	{ "a known bug", { .ending = ENDING_WRONG }, { .bug = true }, VERDICT_XFAIL, "" },
	{ "in spite of a bug", { .ending = ENDING_WELL }, { .bug = true }, VERDICT_XPASS, "" },
	{ "a bug that shows at times",
	  { .ending = ENDING_WELL },
	  { .bug = true, .bug_sometimes = true },
	  VERDICT_PASS,
	  "" },
};

static void test_rows(void **state)
{
	struct verdict verdict;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct judge_circumstances circumstances = rows[i].circumstances;

		circumstances.tolerance = TOLERANCE;
		judge(&rows[i].evidence, &circumstances, &verdict);
		if (verdict.kind != rows[i].kind || strcmp(verdict.detail, rows[i].detail))
			fail_msg("%s: %s (%s)", rows[i].name, verdict_name(verdict.kind),
			         verdict.detail);
	}
}

/* The verdict says what it is about: by reference, and searches nothing. */
static void test_reference(void **state)
{
	static struct evidence evidence = { .ending = ENDING_WRONG, .event = EVENT_NONE };
	const struct judge_circumstances circumstances = { .tolerance = TOLERANCE };
	struct verdict verdict;

	(void)state;
	judge(&evidence, &circumstances, &verdict);
	assert_null(verdict_event(&verdict));
	for (long i = 0; i < TRACE_EVENTS + 2; i++)
		trace_add(&evidence.trace)->result = i;
	evidence.event = 1;
	assert_null(verdict_event(&verdict)); /* not kept any more */
	evidence.event = 2;
	assert_int_equal(verdict_event(&verdict)->result, 2);
	evidence.event = TRACE_EVENTS + 1;
	assert_int_equal(verdict_event(&verdict)->result, TRACE_EVENTS + 1);
	evidence.event = TRACE_EVENTS + 2;
	assert_null(verdict_event(&verdict));
}

/* The caret is at the words that are wrong, or else at the line. */
static void test_place(void **state)
{
	static struct evidence evidence = { .ending = ENDING_WRONG,
		                            .line = { 3, 9 },
		                            .reason = "why" };
	const struct judge_circumstances circumstances = { .tolerance = TOLERANCE };
	struct verdict verdict;

	(void)state;
	judge(&evidence, &circumstances, &verdict);
	assert_int_equal(verdict.where.begin, 3);
	evidence.where = (struct range){ 5, 6 };
	judge(&evidence, &circumstances, &verdict);
	assert_int_equal(verdict.where.begin, 5);
	assert_int_equal(verdict.line.end, 9);
	assert_string_equal(verdict.reason, "why");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_reference),
		cmocka_unit_test(test_place),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
