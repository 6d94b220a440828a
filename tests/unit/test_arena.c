/* base/arena: alignment, zeroes, copies, and memory shared with a child. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static bool all_zero(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* Fills each block with its number and looks at all of them at the end: none may overlap. */
static void test_blocks_are_aligned_zero_and_apart(void **state)
{
	static const size_t sizes[] = { 1, 15, 16, 17, 100, 4000, 20000, 0, 300000, 8, 3000000, 5 };
	enum { BLOCKS = 600 };
	struct arena *arena = arena_new();
	char *blocks[BLOCKS];

	(void)state;
	for (size_t i = 0; i < BLOCKS; i++) {
		size_t size = i < 120 ? sizes[i % 12] : 1 + i % 97;

		blocks[i] = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)blocks[i] % (size % 16 ? 8 : 16), 0);
		assert_true(all_zero(blocks[i], size));
		memset(blocks[i], (int)(i & 0x3f) + 1, size);
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		size_t size = i < 120 ? sizes[i % 12] : 1 + i % 97;

		for (size_t j = 0; j<size; j += size> 1000 ? 997 : 1)
			assert_int_equal(blocks[i][j], (i & 0x3f) + 1);
	}
	arena_free(arena);
}

static void test_empty_blocks_differ(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_ptr_not_equal(arena_alloc(arena, 0), arena_alloc(arena, 0));
	arena_free(arena);
	arena_free(NULL);
}

static void test_reset_begins_anew(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t round = 0; round < 50; round++) {
		char *small = arena_alloc(arena, 100 + round),
		     *large = arena_alloc(arena, 3000 * round);

		assert_true(all_zero(small, 100 + round));
		assert_true(all_zero(large, 3000 * round));
		memset(small, 1, 100 + round);
		memset(large, 2, 3000 * round);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void test_copies(void **state)
{
	struct arena *arena = arena_new();
	char text[] = "close";
	char *copy = arena_strdup(arena, text);

	(void)state;
	text[0] = 'C';
	assert_string_equal(copy, "close");
	assert_string_equal(arena_strdup(arena, ""), "");
	assert_string_equal(arena_strndup(arena, "shutdown", 4), "shut");
	assert_string_equal(arena_strndup(arena, "fin", 10), "fin");
	assert_string_equal(arena_strndup(arena, "fin", 0), "");
	assert_memory_equal(arena_memdup(arena, "a\0b", 3), "a\0b", 3);
	assert_non_null(arena_memdup(arena, NULL, 0));
	arena_free(arena);
}

static void test_printf(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_printf(arena, "%s:%d:%*d", "close.pkt", 12, 70000, 5);

	(void)state;
	assert_int_equal(strlen(text), strlen("close.pkt:12:") + 70000);
	assert_memory_equal(text, "close.pkt:12:   ", 16);
	assert_string_equal(text + strlen(text) - 2, " 5");
	assert_string_equal(arena_printf(arena, "%s", ""), "");
	arena_free(arena);
}

static void test_shared_ends(void **state)
{
	struct arena *arena = arena_new_shared(100);
	char *first = arena_alloc(arena, 50);

	(void)state;
	assert_non_null(first);
	assert_int_equal((uintptr_t)first % 16, 0);
	assert_null(arena_alloc(arena, 51));
	assert_null(arena_alloc(arena, SIZE_MAX));
	assert_null(arena_printf(arena, "%60d", 1));
	assert_non_null(arena_alloc(arena, 36)); /* 50 is rounded up to 64 */
	assert_null(arena_alloc(arena, 1));
	arena_free(arena);
}

/* Several children take blocks at once and die; the parent reads what they left. */
static void test_shared_with_children(void **state)
{
	enum { CHILDREN = 4, BLOCKS = 500 };
	struct arena *arena = arena_new_shared(64 << 20);
	uint32_t **found = arena_alloc(arena, CHILDREN * BLOCKS * sizeof(*found));
	pid_t child[CHILDREN];

	(void)state;
	for (uint32_t i = 0; i < CHILDREN; i++) {
		child[i] = fork();
		assert_true(child[i] >= 0);
		if (child[i] > 0)
			continue;
		for (uint32_t j = 0; j < BLOCKS; j++) {
			uint32_t *block = arena_alloc(arena, sizeof(*block));

			*block = i << 16 | j;
			found[i * BLOCKS + j] = block;
		}
		_exit(0);
	}
	for (int i = 0; i < CHILDREN; i++)
		assert_int_equal(waitpid(child[i], NULL, 0), child[i]);
	for (uint32_t i = 0; i < CHILDREN * BLOCKS; i++) {
		assert_non_null(found[i]);
		assert_int_equal(*found[i], (i / BLOCKS) << 16 | i % BLOCKS);
	}
	arena_free(arena);
}

/* Whether the process has that page; a child has only what was lent. */
static bool is_mapped(const char *text)
{
	unsigned char there;
	uintptr_t page = (uintptr_t)text & -(uintptr_t)sysconf(_SC_PAGESIZE);

	return mincore((void *)page, 1, &there) == 0;
}

static int child_has(const char *text)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(is_mapped(text));
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static void test_withheld(void **state)
{
	struct arena *arena = arena_new_withheld(), *other = arena_new();
	char *small = arena_strdup(arena, "small"), *large = arena_alloc(arena, 3 << 20);
	char *kept = arena_strdup(other, "kept");

	(void)state;
	assert_true(all_zero(large, 3 << 20));
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(child_has(small), 0);
	assert_int_equal(child_has(large), 0);
#endif
	arena_lend(arena, true);
	arena_lend(other, true);
	assert_int_equal(child_has(small), 1);
	assert_int_equal(child_has(large), 1);
	arena_lend(arena, false);
	arena_lend(other, false);
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(child_has(small), 0);
#endif
	assert_int_equal(child_has(kept), 1);
	assert_string_equal(small, "small");
	arena_reset(arena);
	assert_true(all_zero(arena_alloc(arena, 100000), 100000));
	arena_free(other);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_blocks_are_aligned_zero_and_apart),
		cmocka_unit_test(test_empty_blocks_differ),
		cmocka_unit_test(test_reset_begins_anew),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_printf),
		cmocka_unit_test(test_shared_ends),
		cmocka_unit_test(test_shared_with_children),
		cmocka_unit_test(test_withheld),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
