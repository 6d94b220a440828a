#include "suite/judge.h"

#include <stdio.h>
#include <string.h>

/* Tries of one test that do not count, because the harness was late. */
enum { LATE_MAX = 2 };

/*
 * INVALID says that the harness was later than the tolerance. Much less can be what turned the scales
 * of a segment that was late itself, so a failure after a quarter of it has to be seen again.
 */
static bool lateness_explains(const struct test *test)
{
	const struct verdict *verdict = test->verdict;
	usec_t tolerance = test->script->settings.tolerance;
	return (verdict->kind == VERDICT_INVALID && (verdict->late_max > tolerance || !test->ready)) ||
	       (verdict->kind == VERDICT_FAIL && verdict->late_max > tolerance / 4);
}

static bool failed(const struct test *test)
{
	return test->verdict->kind == VERDICT_FAIL || test->verdict->kind == VERDICT_NONE;
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

bool judge_again(struct test *test, const struct suite_options *options)
{
	if (!test->tries || options->replay_path)
		return false;
	unsigned late = test->tries - 1 - test->failures;
	if (lateness_explains(test) && late < LATE_MAX && (!test->cut_short || !test->ready)) {
		test->late = true;
		remember(test);
		return true;
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
