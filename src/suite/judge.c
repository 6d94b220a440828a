#include "suite/judge.h"

#include <stdio.h>
#include <string.h>

/*
 * Tries of one test that do not count: so many whatever they cost, and more while all together take
 * no longer than AGAIN_TIME.
 */
enum { LATE_MAX = 2, LATE_MORE = 8, AGAIN_TIME = 10 * USEC_PER_SEC };

/*
 * A timer of the kernel is up to a tick late, which may be 10 ms, on a machine that is not busy,
 * too. What it does in softirqs waits for a CPU like any thread, but not for longer than this.
 */
enum { TICK = 10 * USEC_PER_MSEC, SOFTIRQ_MAX = 50 * USEC_PER_MSEC };

/* The only thing that is wrong is a time, and the machine was that busy. */
static bool busy_explains(const struct test *test)
{
	const struct verdict *verdict = test->verdict;

	return verdict->kind == VERDICT_FAIL && verdict->off > 0 &&
	       verdict->off <= verdict->pressure && verdict->off <= SOFTIRQ_MAX;
}

static bool tick_explains(const struct test *test)
{
	const struct verdict *verdict = test->verdict;

	return verdict->kind == VERDICT_FAIL && verdict->off > 0 && verdict->off <= TICK;
}

/*
 * A shell command has no real-time priority: on a busy machine it is slow, and what its script does
 * behind it late.
 */
static bool command_explains(const struct test *test)
{
	const struct verdict *verdict = test->verdict;

	usec_t tolerance = test->script->settings.tolerance;
	return verdict->kind == VERDICT_FAIL && verdict->command_max > tolerance &&
	       verdict->pressure > tolerance;
}

/* It was the machine, for all that is known. */
static bool machine_explains(const struct test *test)
{
	return busy_explains(test) || tick_explains(test) || command_explains(test);
}

/*
 * INVALID says that the harness was later than the tolerance. Much less can be what turned the
 * scales of a segment that was late itself, so a failure after a quarter of it has to be seen
 * again.
 */
static bool lateness_explains(const struct test *test)
{
	const struct verdict *verdict = test->verdict;

	usec_t tolerance = test->script->settings.tolerance;
	return (verdict->kind == VERDICT_INVALID &&
	        (verdict->late_max > tolerance || !test->ready)) ||
	       (verdict->kind == VERDICT_FAIL && verdict->late_max > tolerance / 4);
}

/* Is there another try, after those that do not count? */
static bool may_try(const struct test *test)
{
	unsigned late = test->tries - 1 - test->failures;

	return late < LATE_MAX ||
	       (machine_explains(test) && late < LATE_MORE && late * test->wall < AGAIN_TIME);
}

static bool failed(const struct test *test)
{
	return test->verdict->kind == VERDICT_FAIL || test->verdict->kind == VERDICT_NONE;
}

/* What the tries have in common. */
static void compare_tries(struct test *test)
{
	const struct verdict *verdict = test->verdict;

	if (test->tries == 1 || verdict->off < test->least_off)
		test->least_off = verdict->off;
	test->elsewhere |= test->tries > 1 && test->before_at != verdict->line.begin;
	test->before_at = verdict->line.begin;
	test->witnesses +=
		verdict->kind == VERDICT_FAIL && !busy_explains(test) && !command_explains(test);
}

static void remember(struct test *test)
{
	const struct verdict *verdict = test->verdict;

	test->before = arena_printf(test->arena, "%s: %.*s", verdict_name(verdict->kind),
	                            (int)strnlen(verdict->reason, VERDICT_TEXT), verdict->reason);
}

const struct known *judge_bug(const struct test *test, const struct suite_options *options)
{
	const char *family = ip_version_name(test->ip_version);
	const struct known *known = known_find(test->script->known, test->name, family);

	return known ? known : known_find(options->known, test->name, family);
}

/* A try that fails while the machine is not busy: after so many it is the kernel. */
enum { WITNESSES = 3 };

/* Where each try begins at the same moment of a tick, no other outcome is to be waited for. */
static bool is_settled(const struct test *test)
{
	return test->script->settings.await_tick && test->witnesses >= WITNESSES;
}

/*
 * What the tries showed is the kernel: off by more than a tick every time, or wrong in the same
 * line; or it failed three times while the machine was not busy.
 */
static bool always_so(const struct test *test)
{
	return test->witnesses >= WITNESSES ||
	       (test->verdict->off > 0 ? test->least_off > TICK : !test->elsewhere);
}

static void blame(struct verdict *verdict, const char *what, usec_t time)
{
	verdict->kind = VERDICT_INVALID;
	if (!verdict->detail[0])
		snprintf(verdict->detail, sizeof(verdict->detail),
		         "the machine is busy: %s by %.1f ms", what, (double)time / USEC_PER_MSEC);
}

bool judge_again(struct test *test, const struct suite_options *options)
{
	if (!test->tries || options->replay_path)
		return false;
	compare_tries(test);
	/*
	 * Nothing is late where time only goes on when all sleep; and a bug that is known is no
	 * surprise.
	 */
	bool sure = options->virtual_time ||
	            (test->verdict->kind == VERDICT_FAIL && judge_bug(test, options));
	bool doubt =
		!sure && !is_settled(test) && (lateness_explains(test) || machine_explains(test));
	if (doubt && may_try(test) && (!test->cut_short || !test->ready)) {
		test->late = true;
		remember(test);
		return true;
	}
	if (!sure && !always_so(test)) {
		if (busy_explains(test))
			blame(test->verdict, "the time is off", test->verdict->off);
		else if (command_explains(test))
			blame(test->verdict, "a shell command delayed the script",
			      test->verdict->command_max);
	}
	if (!failed(test) || test->failures >= options->retries || judge_bug(test, options))
		return false;
	test->failures++;
	remember(test);
	return true;
}

void judge_known(struct test *test, const struct suite_options *options)
{
	struct verdict *verdict = test->verdict;
	const struct known *known = judge_bug(test, options);

	if (!known || (verdict->kind != VERDICT_FAIL && verdict->kind != VERDICT_PASS))
		return;
	if (verdict->kind == VERDICT_FAIL)
		verdict->kind = VERDICT_XFAIL;
	else if (!known->sometimes && !test->failures)
		verdict->kind = VERDICT_XPASS;
	test->known = &known->told;
}
