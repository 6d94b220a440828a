/*
 * script/covers: the line "covers ID[STATE] ...", with columns of a table of cases, and its
 * mistakes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "script/covers.h"

/* NULL: it is wrong. `of` and `all` are defined. */
static const struct {
	const char *text, *expanded;
} rows[] = {
	{ "X-1", "X-1" },
	{ " X-1,\tX-2 ", "X-1 X-2" },
	{ "X-1[EST]", "X-1[EST]" },
	{ "X-1[EST,CW] X-2", "X-1[EST] X-1[CW] X-2" },
	{ "X-1[of] X-2", "X-1[FW1o] X-2" },
	{ "X-1[all]", "X-1[EST] X-1[FW2t]" },
	{ "X-1[no] X-2", "X-2" },
	{ "ids", "X-8 X-9" },
	{ "no X-1", "X-1" },
	{ "", "" },
	{ "X-1[", "" },
	{ "X-1[FW7]", NULL },
	{ "X-1[EST,fw1]", NULL },
};

static void test_expand(void **state)
{
	struct arena *arena = arena_new();
	struct defines defines = { 0 };

	(void)state;
	defines_add(&defines, arena, "of=FW1o", false);
	defines_add(&defines, arena, "all=\"EST,FW2t\"", false);
	defines_add(&defines, arena, "no=\"\"", false);
	defines_add(&defines, arena, "ids=\"X-8 X-9\"", false);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag *diag = diag_new(arena, NULL);
		const char *expanded =
			covers_expand(rows[i].text, (struct range){ 1, 2 }, &defines, arena, diag);

		print_message("%s\n", rows[i].text);
		assert_int_equal(diag_error_count(diag), rows[i].expanded == NULL);
		if (rows[i].expanded)
			assert_string_equal(expanded, rows[i].expanded);
		else
			assert_null(expanded);
	}
	arena_free(arena);
}

static void test_next(void **state)
{
	const char *text = "X-1[FW2o] X-2";
	struct covers_id id;

	(void)state;
	assert_true(covers_next(&text, &id));
	assert_int_equal(id.length, 3);
	assert_memory_equal(id.id, "X-1", 3);
	assert_string_equal(id.state->name, "FW2o");
	assert_int_equal(id.state->state, STATE_FIN_WAIT_2);
	assert_true(covers_next(&text, &id));
	assert_memory_equal(id.id, "X-2", 3);
	assert_null(id.state);
	assert_false(covers_next(&text, &id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_expand),
		cmocka_unit_test(test_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
