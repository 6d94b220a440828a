/* author/diff: two texts, line by line, in the form that patch(1) reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "author/diff.h"

static void assert_diff(const char *before, const char *after, const char *want)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	diff_print("x", before, after, out);
	fclose(out);
	assert_string_equal(text, want);
	free(text);
}

static void test_nothing(void **state)
{
	(void)state;
	assert_diff("a\nb\n", "a\nb\n", "--- x\n+++ x\n");
}

static void test_change(void **state)
{
	(void)state;
	assert_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
	            "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
	assert_diff("", "a\n", "--- x\n+++ x\n@@ -0,0 +1,1 @@\n+a\n");
	assert_diff("a\n", "", "--- x\n+++ x\n@@ -1,1 +0,0 @@\n-a\n");
}

static void test_two_places(void **state)
{
	(void)state;
	assert_diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nB\n",
	            "--- x\n+++ x\n@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n"
	            "@@ -6,4 +5,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

static void test_last_line(void **state)
{
	(void)state;
	assert_diff("a\nb", "a\nb\n",
	            "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_two_places),
		cmocka_unit_test(test_last_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
