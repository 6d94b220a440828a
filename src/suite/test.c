#include "suite/test.h"

#include <stdarg.h>
#include <stdio.h>

struct test *test_new(struct test_script *script, enum ip_version ip_version, unsigned repetition,
                      unsigned subject, bool several)
{
	enum { SETUP = 10 * USEC_PER_MSEC };
	struct test *test = arena_alloc(script->arena, sizeof(*test));
	struct arena *arena = script->arena;
	const char *family = ip_version_name(ip_version);

	test->script = script;
	test->ip_version = ip_version;
	test->subject = subject;
	test->repetition = repetition;
	test->done = -1;
	test->group = script->case_name
	                      ? arena_printf(arena, "%s[%s]", script->path, script->case_name)
	                      : script->path;
	test->variant = repetition ? arena_printf(arena, "%s #%u", family, repetition) : family;
	test->member = several ? arena_printf(arena, "%s @%c", test->variant, (char)('A' + subject))
	                       : test->variant;
	test->name = arena_printf(arena, "%s %s", test->group, test->member);
	test->expected = script->length + SETUP;
	script->tests_left++;
	return test;
}

const char *test_plain_name(const struct test *test)
{
	return arena_printf(test->script->arena, "%s %s", test->group,
	                    ip_version_name(test->ip_version));
}

bool test_has_stack(const struct test *test)
{
	return test->program && settings_have_stack(&test->program->settings);
}

usec_t test_tolerance(const struct test *test)
{
	return test->script->settings.tolerance;
}

void test_judge(struct test *test)
{
	const struct judge_circumstances alone = {
		.tolerance = test_tolerance(test),
		.always_so = true,
	};

	judge(test->evidence, &alone, test->verdict);
}

void test_end(struct test *test, enum ending ending, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	test->evidence->ending = ending;
	vsnprintf(test->evidence->reason, sizeof(test->evidence->reason), format, args);
	va_end(args);
	test_judge(test);
}

void test_free(struct test *test)
{
	struct test_script *script = test->script;

	arena_free(test->shared);
	arena_free(test->arena);
	if (--script->tests_left == 0)
		test_script_free(script);
}
