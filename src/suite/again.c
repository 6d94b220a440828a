#include "suite/again.h"

#include <stdio.h>
#include <string.h>

/*
 * How many tries of one test need not count: LATE_MAX in any case, and up to LATE_MORE as long as
 * they together take no longer than AGAIN_TIME.
 */
enum { LATE_MAX = 2, LATE_MORE = 8, AGAIN_TIME = 10 * USEC_PER_SEC };

enum { TICK = 10 * USEC_PER_MSEC }; /* the longest tick of a kernel's timers */

static enum doubt doubt_of(const struct test *test)
{
	return judge_doubt(test->evidence, test_tolerance(test));
}

/* As far as is known, the machine is the cause. */
static bool machine_explains(const struct test *test)
{
	enum doubt doubt = doubt_of(test);

	return doubt == DOUBT_BUSY || doubt == DOUBT_COMMAND || doubt == DOUBT_TICK;
}

/*
 * INVALID means that the harness was later than the tolerance. Even much less lateness may have
 * decided about a segment that was itself late. So after a quarter of the tolerance a failure must
 * be seen again.
 */
static bool lateness_explains(const struct test *test)
{
	enum doubt doubt = doubt_of(test);

	return doubt == DOUBT_HARNESS || doubt == DOUBT_SLIGHT ||
	       (test->verdict->kind == VERDICT_INVALID &&
	        (test->evidence->late_max > test_tolerance(test) || !test->ready));
}

/* Whether another try is allowed, after tries that do not count. */
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

/* Notes what the tries have in common. */
static void compare_tries(struct test *test)
{
	const struct evidence *evidence = test->evidence;
	enum doubt doubt = doubt_of(test);

	if (test->tries == 1 || evidence->off < test->least_off)
		test->least_off = evidence->off;
	test->elsewhere |= test->tries > 1 && test->before_at != evidence->line.begin;
	test->before_at = evidence->line.begin;
	test->witnesses += test->verdict->kind == VERDICT_FAIL && doubt != DOUBT_BUSY &&
	                   doubt != DOUBT_COMMAND;
}

static void remember(struct test *test)
{
	const struct verdict *verdict = test->verdict;

	test->before = arena_printf(test->arena, "%s: %.*s", verdict_name(verdict->kind),
	                            (int)strnlen(verdict->reason, VERDICT_TEXT), verdict->reason);
}

const struct known *again_bug(const struct test *test, const struct suite_options *options)
{
	const char *family = ip_version_name(test->ip_version);
	/* Another stack does not have the bugs of Linux. */
	const struct known *own =
		test_has_stack(test) && !test->script->for_stack ? NULL : test->script->known;
	const struct known *known = known_find(own, test->name, family);

	return known ? known : known_find(options->known, test->name, family);
}

/* How many tries must fail while the machine is not busy, before the kernel is blamed. */
enum { WITNESSES = 3 };

/* When each try begins at the same moment of a tick, another try can have no other result. */
static bool is_settled(const struct test *test)
{
	return test->script->settings.await_tick && test->witnesses >= WITNESSES;
}

/*
 * Whether the tries together show that the kernel is the cause: a time was wrong by more than a
 * tick, or the same line failed, in every try; or the test failed WITNESSES times while the machine
 * was not busy.
 */
static bool always_so(const struct test *test)
{
	return test->witnesses >= WITNESSES ||
	       (test->evidence->off > 0 ? test->least_off > TICK : !test->elsewhere);
}

/* In virtual time nothing is late. And a bug that is known is no surprise. */
static bool is_sure(const struct test *test, const struct suite_options *options)
{
	return options->virtual_time || options->replay_path ||
	       (test->verdict->kind == VERDICT_FAIL && again_bug(test, options));
}

bool again_wanted(struct test *test, const struct suite_options *options)
{
	bool doubt;

	if (!test->tries || options->replay_path)
		return false;
	compare_tries(test);
	doubt = !is_sure(test, options) && !is_settled(test) &&
	        (lateness_explains(test) || machine_explains(test));
	if (doubt && may_try(test) && (!test->cut_short || !test->ready)) {
		test->late = true;
		remember(test);
		return true;
	}
	again_settle(test, options);
	if (!failed(test) || test->failures >= options->retries || again_bug(test, options))
		return false;
	test->failures++;
	remember(test);
	return true;
}

void again_settle(struct test *test, const struct suite_options *options)
{
	const struct known *known = again_bug(test, options);
	const struct judge_circumstances circumstances = {
		.tolerance = test_tolerance(test),
		.always_so = !test->tries || is_sure(test, options) || always_so(test),
		.bug = known,
		.bug_sometimes = known && (known->sometimes || test->failures),
	};

	judge(test->evidence, &circumstances, test->verdict);
	if (known && (test->verdict->kind == VERDICT_PASS || test->verdict->kind == VERDICT_XFAIL ||
	              test->verdict->kind == VERDICT_XPASS))
		test->known = &known->told;
}
