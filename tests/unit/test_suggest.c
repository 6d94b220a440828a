/* base/suggest: what is near, and what is nearest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/suggest.h"

static const char *const names[] = {
	"socket",     "close",   "shutdown", "send",      "sendto", "sendmsg",    "setsockopt",
	"getsockopt", "SHUT_RD", "SHUT_WR",  "SHUT_RDWR", "poll",   "FIN_WAIT_1", "FIN_WAIT_2",
};

static const char *nearest(const char *wanted)
{
	struct suggestion suggestion = { .wanted = wanted };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		suggest_offer(&suggestion, names[i]);
	return suggestion.best;
}

static void test_each_kind_of_slip(void **state)
{
	(void)state;
	assert_string_equal(nearest("shutdwn"), "shutdown"); /* missing */
	assert_string_equal(nearest("closse"), "close");     /* too many */
	assert_string_equal(nearest("sockat"), "socket");    /* wrong */
	assert_string_equal(nearest("clsoe"), "close");      /* exchanged */
	assert_string_equal(nearest("pool"), "poll");
}

static void test_exchange_is_one_step(void **state)
{
	struct suggestion suggestion = { .wanted = "clsoe" };

	(void)state;
	suggest_offer(&suggestion, "close");
	assert_int_equal(suggestion.distance, 1);
}

static void test_case_is_ignored(void **state)
{
	struct suggestion suggestion = { .wanted = "shut_wr" };

	(void)state;
	suggest_offer(&suggestion, "SHUT_WR");
	assert_string_equal(suggestion.best, "SHUT_WR");
	assert_int_equal(suggestion.distance, 0);
}

static void test_nothing_near(void **state)
{
	(void)state;
	assert_null(nearest("accept"));
	assert_null(nearest("x"));
	assert_null(nearest(""));
	assert_null(nearest("fd"));
}

static void test_limit_grows_with_length(void **state)
{
	struct suggestion four = { .wanted = "abcd" }, three = { .wanted = "abc" };
	struct suggestion one = { .wanted = "x" };

	(void)state;
	suggest_offer(&four, "xbcx"); /* two steps are allowed from four letters on */
	assert_string_equal(four.best, "xbcx");
	suggest_offer(&one, "y"); /* all of it would be wrong */
	assert_null(one.best);
	suggest_offer(&three, "xbx");
	assert_null(three.best);
	suggest_offer(&three, "xbc");
	assert_string_equal(three.best, "xbc");
}

static void test_beginning_counts(void **state)
{
	(void)state;
	assert_string_equal(nearest("shut"), "SHUT_RD");
	assert_string_equal(nearest("setsock"), "setsockopt");
	assert_null(nearest("s"));
}

static void test_nearest_wins(void **state)
{
	struct suggestion suggestion = { .wanted = "sen" };

	(void)state;
	suggest_offer(&suggestion, "sendmsg");
	suggest_offer(&suggestion, "send");
	suggest_offer(&suggestion, "sendto");
	assert_string_equal(suggestion.best, "send");
	assert_string_equal(nearest("FIN_WAIT_3"), "FIN_WAIT_1"); /* equal: the first */
}

static void test_very_long_names(void **state)
{
	char longest[64], longer[65];
	struct suggestion suggestion = { .wanted = longest };

	(void)state;
	memset(longest, 'a', 63);
	memset(longer, 'a', 64);
	longest[63] = longer[64] = '\0';
	suggest_offer(&suggestion, longer);
	assert_null(suggestion.best);
	suggest_offer(&suggestion, longest);
	assert_ptr_equal(suggestion.best, longest);
	suggestion = (struct suggestion){ .wanted = longer };
	suggest_offer(&suggestion, longest);
	assert_null(suggestion.best);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_each_kind_of_slip),
		cmocka_unit_test(test_exchange_is_one_step),
		cmocka_unit_test(test_case_is_ignored),
		cmocka_unit_test(test_nothing_near),
		cmocka_unit_test(test_limit_grows_with_length),
		cmocka_unit_test(test_beginning_counts),
		cmocka_unit_test(test_nearest_wins),
		cmocka_unit_test(test_very_long_names),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
