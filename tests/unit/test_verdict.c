#include "verdict/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_names(void **state)
{
	(void)state;
	for (int kind = 0; kind < VERDICT_KINDS; kind++) {
		const char *name = verdict_name((enum verdict_kind)kind);

		assert_non_null(name);
		assert_true(strlen(name) >= 4);
		for (int other = 0; other < kind; other++)
			assert_string_not_equal(name, verdict_name((enum verdict_kind)other));
	}
	assert_string_equal(verdict_name(VERDICT_PASS), "PASS");
	assert_string_equal(verdict_name(VERDICT_XPASS), "XPASS");
	assert_string_equal(verdict_name((enum verdict_kind)99), "?");
}

static void test_trace_empty(void **state)
{
	static struct trace trace;

	(void)state;
	assert_int_equal(trace_kept(&trace), 0);
	assert_null(trace_get(&trace, 0));
}

static void test_trace_ring(void **state)
{
	static struct trace trace;

	(void)state;
	for (long i = 0; i < TRACE_EVENTS; i++)
		trace_add(&trace)->result = i;
	assert_int_equal(trace_kept(&trace), TRACE_EVENTS);
	assert_int_equal(trace_get(&trace, 0)->result, 0);
	trace_add(&trace)->result = 5000;
	trace_add(&trace)->result = 5001;
	assert_int_equal(trace_kept(&trace), TRACE_EVENTS);
	assert_int_equal(trace_get(&trace, 0)->result, 2);
	assert_int_equal(trace_get(&trace, TRACE_EVENTS - 1)->result, 5001);
	assert_null(trace_get(&trace, TRACE_EVENTS));
}

static void test_trace_event_is_zeroed(void **state)
{
	static struct trace trace;
	static const struct event zero;

	(void)state;
	for (int i = 0; i < TRACE_EVENTS; i++)
		memset(trace_add(&trace), 0xff, sizeof(struct event));
	assert_memory_equal(trace_add(&trace), &zero, sizeof(zero));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_trace_empty),
		cmocka_unit_test(test_trace_ring),
		cmocka_unit_test(test_trace_event_is_zeroed),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
