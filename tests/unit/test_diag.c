/* base/diag: errors in the order of the text, their hints, and the cap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct range range_in(const struct source_text *text, uint32_t begin, uint32_t end)
{
	return (struct range){ text->base + begin, text->base + end };
}

static char *printed(void)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, out);
	fclose(out);
	return text;
}

static void assert_printed(const char *want)
{
	char *seen = printed();

	assert_string_equal(seen, want);
	free(seen);
}

static void test_nothing(void **state)
{
	(void)state;
	diag_hint(diag, "a hint to no error is dropped");
	assert_int_equal(diag_error_count(diag), 0);
	assert_printed("");
}

static void test_sorted_by_position(void **state)
{
	const struct source_text *text = sources_add(sources, "close.pkt", "+0 one\n+1 two\n", 14);
	const struct source_text *other = sources_add(sources, "recipe.pkt", "three", 5);

	(void)state;
	diag_error(diag, range_in(other, 0, 5), "%s", "in the included file");
	diag_error(diag, range_in(text, 10, 13), "second line");
	diag_hint(diag, "did you mean %s?", "too");
	diag_hint(diag, "or %d", 2);
	diag_error(diag, range_in(text, 3, 6), "first line");
	diag_error(diag, range_in(text, 10, 11), "same place, later");
	diag_error(diag, (struct range){ 0, 0 }, "without position");
	assert_int_equal(diag_error_count(diag), 5);
	assert_printed("error: without position\n"
	               "close.pkt:1:4: error: first line\n"
	               "    +0 one\n"
	               "       ^~~\n"
	               "close.pkt:2:4: error: second line\n"
	               "    +1 two\n"
	               "       ^~~\n"
	               "  hint: did you mean too?\n"
	               "  hint: or 2\n"
	               "close.pkt:2:4: error: same place, later\n"
	               "    +1 two\n"
	               "       ^\n"
	               "recipe.pkt:1:1: error: in the included file\n"
	               "    three\n"
	               "    ^~~~~\n");
}

static void test_message_is_kept(void **state)
{
	char name[] = "shutdwn";

	(void)state;
	diag_error(diag, (struct range){ 0, 0 }, "no call %s", name);
	name[0] = '!';
	assert_printed("error: no call shutdwn\n");
}

static void report(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		diag_error(diag, (struct range){ 0, 0 }, "number %u", i);
		diag_hint(diag, "hint %u", i);
	}
}

static size_t count_of(const char *text, const char *what)
{
	size_t count = 0;

	for (; (text = strstr(text, what)); text++)
		count++;
	return count;
}

static void test_at_the_cap(void **state)
{
	char *seen;

	(void)state;
	report(DIAG_MAX_ERRORS);
	seen = printed();
	assert_int_equal(diag_error_count(diag), DIAG_MAX_ERRORS);
	assert_int_equal(count_of(seen, "error: number"), DIAG_MAX_ERRORS);
	assert_null(strstr(seen, "more error"));
	free(seen);
}

static void test_over_the_cap(void **state)
{
	char *seen;

	(void)state;
	report(DIAG_MAX_ERRORS + 1);
	seen = printed();
	assert_string_equal(strstr(seen, "  hint: hint 49\n"), "  hint: hint 49\n1 more error\n");
	free(seen);
	report(6);
	seen = printed();
	assert_int_equal(diag_error_count(diag), DIAG_MAX_ERRORS + 7);
	assert_int_equal(count_of(seen, "error: number"), DIAG_MAX_ERRORS);
	assert_int_equal(count_of(seen, "hint: "), DIAG_MAX_ERRORS);
	assert_non_null(strstr(seen, "\n7 more errors\n"));
	free(seen);
}

/* Warnings stand among the errors, by their place, and do not count as errors. */
static void test_warnings(void **state)
{
	const struct diag_message *list[DIAG_KINDS * DIAG_MAX_ERRORS];
	char *seen;

	(void)state;
	diag_error(diag, (struct range){ 3, 4 }, "later");
	diag_hint(diag, "of the error");
	diag_warning(diag, (struct range){ 1, 2 }, "sooner");
	diag_hint(diag, "of the warning");
	assert_int_equal(diag_error_count(diag), 1);
	assert_int_equal(diag_warning_count(diag), 1);
	assert_int_equal(diag_list(diag, list), 2);
	assert_int_equal(list[0]->kind, DIAG_WARNING);
	assert_string_equal(list[0]->text, "sooner");
	assert_string_equal(list[0]->hints->text, "of the warning");
	assert_null(list[0]->hints->next);
	assert_int_equal(list[1]->kind, DIAG_ERROR);
	assert_string_equal(list[1]->hints->text, "of the error");
	seen = printed();
	assert_non_null(strstr(seen, "warning: sooner"));
	assert_true(strstr(seen, "warning: sooner") < strstr(seen, "error: later"));
	free(seen);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		TEST(test_nothing),
		TEST(test_sorted_by_position),
		TEST(test_message_is_kept),
		TEST(test_at_the_cap),
		TEST(test_over_the_cap),
		TEST(test_warnings),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
