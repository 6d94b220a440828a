/*
 * suite: a script that is played from another folder includes the same files, at the same places.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite/away.h"

static const char text[] = "// include \"a.inc\"\n  include  \"../b/a.inc\"\n+0 close(3) = 0\n"
			   "include <server.inc>\ninclude \"/c.inc\"\ninclude \"d.inc\"\n+0 end\n";

static void test_text(void **state)
{
	char want[PATH_MAX * 3];

	snprintf(want, sizeof(want),
	         "// include \"a.inc\"\n  include  \"%1$s/../b/a.inc\"\n+0 close(3) = 0\n"
	         "include <server.inc>\ninclude \"/c.inc\"\ninclude \"%1$s/d.inc\"\n+0 end\n",
	         "/proc/sys/kernel");
	assert_string_equal(away_text(text, "/proc/sys/kernel/ostype", *state), want);
}

/* What is found there is found here. */
static void test_offset(void **state)
{
	static const char *const words[] = { "// include", "include  \"", "close", "<server",
		                             "/c.inc",     "d.inc",       "end" };
	const char *path = "/proc/sys/kernel/ostype", *away = away_text(text, path, *state);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_int_equal(away_offset(text, path, (uint32_t)(strstr(away, words[i]) - away)),
		                 strstr(text, words[i]) - text);
}

static int open_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int close_arena(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_offset),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
