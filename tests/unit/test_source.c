/* base/source: offsets to lines, and the excerpt with its caret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/source.h"

struct fixture {
	struct arena *arena;
	struct sources *sources;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->arena = arena_new();
	fixture->sources = sources_new(fixture->arena);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_free(fixture->arena);
	free(fixture);
	return 0;
}

static const struct source_text *add(void **state, const char *path, const char *text)
{
	struct fixture *fixture = *state;
	const struct source_text *added = sources_add(fixture->sources, path, text, strlen(text));

	assert_non_null(added);
	return added;
}

static void assert_place(void **state, const struct source_text *text, uint32_t at, unsigned line,
                         unsigned column)
{
	struct fixture *fixture = *state;
	struct location location;

	assert_true(sources_locate(fixture->sources, text->base + at, &location));
	assert_string_equal(location.path, text->path);
	assert_int_equal(location.line, line);
	assert_int_equal(location.column, column);
}

static void assert_excerpt(void **state, struct range range, const char *want)
{
	struct fixture *fixture = *state;
	char *seen;
	size_t size;
	FILE *out = open_memstream(&seen, &size);

	sources_print_excerpt(fixture->sources, range, out);
	fclose(out);
	assert_string_equal(seen, want);
	free(seen);
}

/* The excerpt of bytes begin..end of a text of its own. */
static void assert_marked(void **state, const char *text, uint32_t begin, uint32_t end,
                          const char *want)
{
	const struct source_text *added = add(state, "marked", text);

	assert_excerpt(state, (struct range){ added->base + begin, added->base + end }, want);
}

static void test_lines(void **state)
{
	const struct source_text *text = add(state, "a.pkt", "one\n\nthree\nx");

	assert_place(state, text, 0, 1, 1);
	assert_place(state, text, 2, 1, 3);
	assert_place(state, text, 3, 1, 4);
	assert_place(state, text, 4, 2, 1);
	assert_place(state, text, 5, 3, 1);
	assert_place(state, text, 9, 3, 5);
	assert_place(state, text, 11, 4, 1);
	assert_place(state, text, 12, 4, 2);
}

static void test_end_of_file(void **state)
{
	assert_place(state, add(state, "empty", ""), 0, 1, 1);
	assert_place(state, add(state, "newline", "\n"), 1, 1, 1);
	assert_place(state, add(state, "blank end", "ab\n\n"), 4, 2, 1);
	assert_place(state, add(state, "usual", "ab\ncd\n"), 6, 2, 3);
}

static void test_carriage_return_is_not_in_the_line(void **state)
{
	const struct source_text *text = add(state, "dos", "ab\r\ncd\r\n");
	struct fixture *fixture = *state;
	struct location location;

	assert_place(state, text, 2, 1, 3);
	assert_place(state, text, 3, 1, 3);
	assert_place(state, text, 4, 2, 1);
	assert_true(sources_locate(fixture->sources, text->base + 5, &location));
	assert_int_equal(location.line_length, 2);
	assert_memory_equal(location.line_text, "cd", 2);
}

static void test_texts_do_not_touch(void **state)
{
	const struct source_text *first = add(state, "first", "ab");
	const struct source_text *empty = add(state, "empty", "");
	const struct source_text *last = add(state, "last", "cd");
	struct fixture *fixture = *state;
	struct location location;

	assert_true(first->base >= 1);
	assert_true(empty->base > first->base + first->length);
	assert_true(last->base > empty->base + empty->length);
	assert_place(state, first, 2, 1, 3);
	assert_place(state, empty, 0, 1, 1);
	assert_place(state, last, 0, 1, 1);
	assert_false(sources_locate(fixture->sources, 0, &location));
	assert_false(sources_locate(fixture->sources, last->base + 3, &location));
	assert_false(sources_locate(fixture->sources, UINT32_MAX, &location));
}

/* As slow as counting newlines each time would be, this would take minutes. */
static void test_many_lines(void **state)
{
	enum { LINES = 200000 };
	struct fixture *fixture = *state;
	char *text = malloc(LINES * 10);
	const struct source_text *added;
	struct location location;

	memset(text, 'x', LINES * 10);
	for (size_t i = 0; i < LINES; i++)
		text[i * 10 + 9] = '\n';
	added = sources_add(fixture->sources, "long", text, LINES * 10);
	free(text);
	for (uint32_t i = 0; i < LINES; i++) {
		assert_true(
			sources_locate(fixture->sources, added->base + i * 10 + i % 10, &location));
		assert_int_equal(location.line, i + 1);
		assert_int_equal(location.column, i % 10 + 1);
	}
}

static void test_text_is_copied(void **state)
{
	struct fixture *fixture = *state;
	char path[] = "p", text[] = "ab";
	const struct source_text *added = sources_add(fixture->sources, path, text, 1);

	path[0] = text[0] = '!';
	assert_string_equal(added->path, "p");
	assert_string_equal(added->text, "a");
	assert_int_equal(added->length, 1);
}

static void test_add_refuses(void **state)
{
	struct fixture *fixture = *state;
	char *large = calloc(1, SOURCE_MAX_BYTES + 1);

	assert_null(sources_add(fixture->sources, "nul", "a\0b", 3));
	memset(large, 'x', SOURCE_MAX_BYTES + 1);
	assert_null(sources_add(fixture->sources, "large", large, SOURCE_MAX_BYTES + 1));
	assert_non_null(sources_add(fixture->sources, "largest", large, SOURCE_MAX_BYTES));
	free(large);
}

static const struct source_text *read_bytes(void **state, const void *bytes, size_t size,
                                            const char **why)
{
	struct fixture *fixture = *state;
	char path[] = "/tmp/test_source.XXXXXX";
	int fd = mkstemp(path);
	const struct source_text *text;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
	text = sources_read(fixture->sources, path, why);
	unlink(path);
	return text;
}

static void test_read(void **state)
{
	const char *why = NULL;
	const struct source_text *text = read_bytes(state, "+0 close(3) = 0\n", 16, &why);
	char *large = malloc(100000);

	assert_non_null(text);
	assert_string_equal(text->text, "+0 close(3) = 0\n");
	memset(large, 'y', 100000);
	text = read_bytes(state, large, 100000, &why);
	assert_int_equal(text->length, 100000);
	assert_int_equal(text->text[99999], 'y');
	free(large);
	assert_null(read_bytes(state, "a\0b", 3, &why));
	assert_non_null(strstr(why, "NUL"));
}

static void test_read_fails_with_a_reason(void **state)
{
	struct fixture *fixture = *state;
	const char *why = NULL;

	assert_null(sources_read(fixture->sources, "/nonexistent/close.pkt", &why));
	assert_string_equal(why, strerror(2));
	assert_null(sources_read(fixture->sources, "/", &why));
	assert_string_equal(why, strerror(21));
}

static void test_include_reads_regular_files_only(void **state)
{
	struct fixture *fixture = *state;
	const char *why = NULL;
	char path[] = "/tmp/test_source.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	assert_non_null(sources_include(fixture->sources, path, &why));
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(sources_include(fixture->sources, path, &why));
	assert_string_equal(why, "it is no regular file");
	unlink(path);
	assert_null(sources_include(fixture->sources, "/dev/zero", &why));
	assert_string_equal(why, "it is no regular file");
	assert_null(sources_include(fixture->sources, "/", &why));
	assert_string_equal(why, "it is no regular file");
	assert_null(sources_include(fixture->sources, "-", &why));
	assert_string_equal(why, strerror(2));
}

static void test_sealed_sources_read_nothing(void **state)
{
	struct fixture *fixture = *state;
	const char *why = NULL;

	sources_seal(fixture->sources);
	assert_null(sources_read(fixture->sources, "-", &why));
	assert_non_null(why);
	assert_null(sources_include(fixture->sources, "/etc/passwd", &why));
	assert_non_null(sources_add(fixture->sources, "p", "a", 1));
}

static void test_an_inner_text_is_at_its_origin(void **state)
{
	struct fixture *fixture = *state;
	const struct source_text *outer =
		sources_add(fixture->sources, "close.pkt", "\n+0 answer\n", 11);
	struct range origin = { outer->base + 4, outer->base + 10 };
	const struct source_text *inner =
		sources_add_inner(fixture->sources, origin, "+0 > x\n", 7);
	struct location at;

	assert_true(sources_locate(fixture->sources, inner->base + 5, &at));
	assert_string_equal(at.path, "close.pkt");
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 4);
	assert_excerpt(state, (struct range){ inner->base + 5, inner->base + 6 },
	               "    +0 > x\n         ^\n");
}

static void test_excerpt_of_a_word(void **state)
{
	assert_marked(state, "+0 > F. 1:1(0) ack 1002\n", 19, 23,
	              "    +0 > F. 1:1(0) ack 1002\n"
	              "                       ^~~~\n");
}

static void test_excerpt_at_the_edges(void **state)
{
	assert_marked(state, "abc", 0, 1, "    abc\n    ^\n");
	assert_marked(state, "abc", 2, 3, "    abc\n      ^\n");
	assert_marked(state, "abc", 3, 3, "    abc\n       ^\n");
	assert_marked(state, "abc\n", 4, 4, "    abc\n       ^\n");
	assert_marked(state, "abc", 1, 1, "    abc\n     ^\n");
	assert_marked(state, "", 0, 0, "    \n    ^\n");
	assert_marked(state, "a\r\nb\r\n", 0, 6, "    a\n    ^\n");
}

static void test_excerpt_of_several_lines(void **state)
{
	assert_marked(state, "ab cd\nef\n", 3, 8, "    ab cd\n       ^~\n");
}

static void test_excerpt_without_position(void **state)
{
	assert_excerpt(state, (struct range){ 0, 0 }, "");
	assert_excerpt(state, (struct range){ 5000, 5001 }, "");
}

static void test_excerpt_keeps_tabs(void **state)
{
	assert_marked(state, "\ta\tb\tc", 3, 6, "    \ta\tb\tc\n    \t \t^~~\n");
	assert_marked(state, "\tab", 0, 2, "    \tab\n    ^~\n");
}

static void test_excerpt_counts_characters(void **state)
{
	assert_marked(state, "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 x", 7, 11,
	              "    \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 x\n        ^\n");
	assert_marked(state, "\xc3\xa4\xc3\xa4\xc3\xa4", 2, 6,
	              "    \xc3\xa4\xc3\xa4\xc3\xa4\n     ^~\n");
}

static void test_excerpt_hides_control_bytes(void **state)
{
	/* escape, delete, a lone continuation byte, C1 control, cut-off and over-long sequences */
	assert_marked(state, "a\x1b[2J\x7f", 1, 2, "    a?[2J?\n     ^\n");
	assert_marked(state, "\x80\xc2\x9b\xc0\xafz", 5, 6, "    ????z\n        ^\n");
	assert_marked(state, "a\xe2\x82", 1, 2, "    a??\n     ^\n");
}

static void test_excerpt_cuts_long_lines(void **state)
{
	char text[1001] = "";
	struct range range;
	char *seen, *newline;
	size_t size;
	FILE *out = open_memstream(&seen, &size);
	struct fixture *fixture = *state;

	memset(text, '.', 1000);
	memcpy(text + 500, "HERE", 4);
	range.begin = add(state, "long", text)->base + 500;
	range.end = range.begin + 4;
	sources_print_excerpt(fixture->sources, range, out);
	fclose(out);
	newline = strchr(seen, '\n');
	assert_true(newline - seen < 200);
	assert_memory_equal(seen, "    ...", 7);
	assert_memory_equal(newline - 3, "...", 3);
	assert_int_equal(strstr(seen, "HERE") - seen, strchr(seen, '^') - (newline + 1));
	assert_string_equal(strchr(seen, '^'), "^~~~\n");
	free(seen);
}

/* The cut never splits a character, wherever it falls. */
static void test_excerpt_cuts_between_characters(void **state)
{
	char text[901] = "";
	struct fixture *fixture = *state;
	const struct source_text *added;

	for (size_t i = 0; i < 900; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	added = add(state, "euro", text);
	for (uint32_t at = 0; at < 900; at++) {
		char *seen;
		size_t size;
		FILE *out = open_memstream(&seen, &size);

		sources_print_excerpt(fixture->sources,
		                      (struct range){ added->base + at, added->base + at + 1 },
		                      out);
		fclose(out);
		assert_null(strchr(seen, '?'));
		assert_non_null(strstr(seen, "^\n"));
		free(seen);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		TEST(test_lines),
		TEST(test_end_of_file),
		TEST(test_carriage_return_is_not_in_the_line),
		TEST(test_texts_do_not_touch),
		TEST(test_many_lines),
		TEST(test_text_is_copied),
		TEST(test_add_refuses),
		TEST(test_read),
		TEST(test_read_fails_with_a_reason),
		TEST(test_include_reads_regular_files_only),
		TEST(test_sealed_sources_read_nothing),
		TEST(test_an_inner_text_is_at_its_origin),
		TEST(test_excerpt_of_a_word),
		TEST(test_excerpt_at_the_edges),
		TEST(test_excerpt_of_several_lines),
		TEST(test_excerpt_without_position),
		TEST(test_excerpt_keeps_tabs),
		TEST(test_excerpt_counts_characters),
		TEST(test_excerpt_hides_control_bytes),
		TEST(test_excerpt_cuts_long_lines),
		TEST(test_excerpt_cuts_between_characters),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
