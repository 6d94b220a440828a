/* suite/again and verdict/judge: how often a test is tried, and what it then is. */
#include "base/arena.h"
#include "suite/again.h"

/* Behind ours: it has a macro by the name of test_free. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { MS = USEC_PER_MSEC, TRIES_MAX = 12 };

/* What one try comes to, all times in microseconds. */
struct attempt {
	enum ending ending;
	usec_t off, pressure, late;
	uint32_t line;
};

static const struct attempt pass = { .ending = ENDING_WELL };
static const struct attempt wrong = { .ending = ENDING_WRONG };
/* 3 ms too late, and nobody waited for a CPU; or somebody did. */
static const struct attempt off_quiet = { .ending = ENDING_WRONG, .off = 3 * MS };
static const struct attempt off_busy = { .ending = ENDING_WRONG,
	                                 .off = 3 * MS,
	                                 .pressure = 20 * MS };
static const struct attempt far_off_busy = { .ending = ENDING_WRONG,
	                                     .off = 30 * MS,
	                                     .pressure = 50 * MS };
static const struct attempt harness_late = { .ending = ENDING_WRONG, .late = 9 * MS };

struct judged {
	enum verdict_kind kind;
	unsigned tries;
};

/* Tries come as the list has them; its last one is repeated. */
static struct judged play(bool await_tick, const struct attempt *const *list)
{
	struct test_script script = { .settings = { .tolerance = 4 * MS,
		                                    .await_tick = await_tick } };
	struct suite_options options = { .program_name = "test" };
	static struct evidence evidence;
	struct verdict verdict;
	struct test test = {
		.script = &script,
		.ip_version = IP_V4,
		.name = "x",
		.evidence = &evidence,
		.verdict = &verdict,
		.ready = true,
		.arena = arena_new(),
		.wall = 100 * MS,
	};

	do {
		evidence = (struct evidence){
			.ending = (*list)->ending,
			.off = (*list)->off,
			.pressure = (*list)->pressure,
			.late_max = (*list)->late,
			.late_recent = (*list)->late,
			.line.begin = (*list)->line,
		};
		test.tries++;
		test_judge(&test);
		list += list[1] != NULL;
	} while (again_wanted(&test, &options) && test.tries < TRIES_MAX);
	arena_free(test.arena);
	return (struct judged){ verdict.kind, test.tries };
}

#define JUDGE(await_tick, ...) \
	play(await_tick, (const struct attempt *const[]){ __VA_ARGS__, NULL })

static void is_after(struct judged judged, enum verdict_kind kind, unsigned tries)
{
	assert_string_equal(verdict_name(judged.kind), verdict_name(kind));
	assert_int_equal(judged.tries, tries);
}

static void test_what_is_sure_is_not_tried_again(void **state)
{
	(void)state;
	is_after(JUDGE(false, &pass), VERDICT_PASS, 1);
	is_after(JUDGE(false, &wrong), VERDICT_FAIL, 1);
	is_after(JUDGE(true, &wrong), VERDICT_FAIL, 1);
}

static void test_a_late_harness_says_nothing(void **state)
{
	(void)state;
	is_after(JUDGE(false, &harness_late, &pass), VERDICT_PASS, 2);
	is_after(JUDGE(false, &harness_late, &wrong), VERDICT_FAIL, 2);
	is_after(JUDGE(false, &harness_late), VERDICT_INVALID, 3);
}

/* A timer may be a tick late, which depends on when the script began. */
static void test_off_by_less_than_a_tick(void **state)
{
	(void)state;
	is_after(JUDGE(false, &off_quiet, &off_quiet, &pass), VERDICT_PASS, 3);
	is_after(JUDGE(false, &off_quiet), VERDICT_FAIL, 9);
}

/* Where each try begins at the same moment of a tick, three of them are enough. */
static void test_with_await_tick(void **state)
{
	(void)state;
	is_after(JUDGE(true, &off_quiet), VERDICT_FAIL, 3);
	is_after(JUDGE(true, &off_quiet, &off_quiet, &pass), VERDICT_PASS, 3);
	is_after(JUDGE(true, &off_busy, &off_quiet, &off_quiet, &off_busy, &off_quiet, &pass),
	         VERDICT_FAIL, 5);
}

static void test_a_busy_machine_is_not_the_kernel(void **state)
{
	(void)state;
	is_after(JUDGE(false, &off_busy, &pass), VERDICT_PASS, 2);
	is_after(JUDGE(false, &off_busy), VERDICT_INVALID, 9);
	is_after(JUDGE(true, &off_busy), VERDICT_INVALID, 9);
	/* ... but for what it does while nobody waits, or each time by more than a tick. */
	is_after(JUDGE(false, &off_quiet, &off_quiet, &off_quiet, &off_busy), VERDICT_FAIL, 9);
	is_after(JUDGE(false, &far_off_busy), VERDICT_FAIL, 9);
	is_after(JUDGE(false, &far_off_busy, &off_busy), VERDICT_INVALID, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_what_is_sure_is_not_tried_again),
		cmocka_unit_test(test_a_late_harness_says_nothing),
		cmocka_unit_test(test_off_by_less_than_a_tick),
		cmocka_unit_test(test_with_await_tick),
		cmocka_unit_test(test_a_busy_machine_is_not_the_kernel),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
