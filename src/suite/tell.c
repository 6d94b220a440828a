#include "suite/tell.h"

#include <stdio.h>

#include "guest/inside.h"
#include "guest/share.h"
#include "suite/result.h"

static void make_file(const char *path)
{
	FILE *out = fopen(path, "we");

	if (out)
		fclose(out);
}

void tell_facts(const struct report_fact *facts)
{
	struct arena *arena = arena_new();
	const struct report_fact *fact;
	size_t count = 0;

	for (fact = facts; fact; fact = fact->next)
		count += 2;
	const char **texts = arena_alloc(arena, (count + 1) * sizeof(*texts));
	count = 0;
	for (fact = facts; fact; fact = fact->next) {
		texts[count++] = fact->name;
		texts[count++] = fact->value;
	}
	share_write(arena, SHARE_INSIDE, SHARE_FACTS, texts);
	arena_free(arena);
}

void tell_begin(const struct test *test, const struct suite_options *options)
{
	if (options->virtual_time)
		inside_align(GRID_TEST);
	make_file(arena_printf(test->script->arena, SHARE_INSIDE "/%u.begun", test->number));
}

void tell_result(struct test *test, const struct suite_options *options)
{
	struct arena *arena = test->arena;
	const char *path = arena_printf(arena, SHARE_INSIDE "/%u.result", test->number);
	const char *unfinished = arena_printf(arena, SHARE_INSIDE "/%u.new", test->number);

	/*
	 * In virtual time, making the world takes no time, except for waiting until a whole second.
	 */
	if (options->virtual_time)
		test->wall = test->evidence->duration;
	if (result_write(test, unfinished))
		rename(unfinished, path);
}
