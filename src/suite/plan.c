#include "suite/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/random.h"
#include "suite/script_read.h"
#include "suite/stop.h"

/* ---- the list ---- */

void plan_add(struct plan *plan, struct test *test)
{
	if (plan->count == plan->room) {
		size_t room = plan->room ? 2 * plan->room : 64;
		struct test **grown = realloc(plan->tests, room * sizeof(*grown));

		if (!grown) {
			test_free(test);
			return;
		}
		plan->tests = grown;
		plan->room = room;
	}
	plan->tests[plan->count++] = test;
}

void plan_free(struct plan *plan, size_t first)
{
	for (size_t i = first; i < plan->count; i++)
		test_free(plan->tests[i]);
	free(plan->tests);
}

/* ---- reading ---- */

static void add_test(struct plan *plan, struct test *test, struct timings *timings)
{
	usec_t before = timings ? timings_find(timings, test->name) : -1;

	if (before >= 0)
		test->expected = before;
	test->number = (unsigned)plan->count;
	plan_add(plan, test);
}

static void add_tests(struct plan *plan, struct test_script *script,
                      const struct suite_options *options)
{
	for (unsigned round = 1; round <= options->repeat; round++)
		for (unsigned left = script->ip_versions; left; left &= left - 1) {
			enum ip_version version = (enum ip_version)__builtin_ctz(left);
			unsigned repetition = options->repeat > 1 ? round : 0;

			for (unsigned i = 0; i < options->subject_count; i++)
				add_test(plan,
				         test_new(script, version, repetition, i,
				                  options->subject_count > 1),
				         options->timings);
		}
}

/* Errors in a script are reported, whichever of its cases is chosen. */
static bool is_chosen(const struct test_script *script, const char *only)
{
	if (!only)
		return true;
	return script->case_name ? !strcmp(only, script->case_name)
	                         : diag_error_count(script->diag) > 0;
}

/* An error that all cases of a script have is reported once. */
void plan_read(struct plan *plan, const struct script_paths *paths,
               const struct suite_options *options)
{
	for (const struct script_path *path = paths->first; path; path = path->next) {
		struct script_file *file = script_file_read(path->path);
		const struct test_script *wrong = NULL;

		for (size_t i = 0, count = 1; i < count && !stop_signal(); i++) {
			struct test_script *script = test_script_read(file, i, options);

			count = script->case_count;
			if (!is_chosen(script, options->case_name) ||
			    (wrong && diag_same(wrong->diag, script->diag))) {
				test_script_free(script);
				continue;
			}
			add_tests(plan, script, options);
			if (diag_error_count(script->diag))
				wrong = script;
		}
		script_file_let_go(file);
	}
	plan->found = plan->selected = plan->count;
}

/* ---- selecting ---- */

static bool is_selected(const struct test *test, const struct suite_options *options)
{
	const struct selectable selectable = {
		.name = test->name,
		.path = test->script->path,
		.family = ip_version_name(test->ip_version),
		.case_name = test->script->case_name,
		.directives = test_script_directives(test->script),
	};

	return selection_fits(options->selection, &selectable);
}

bool plan_selects(struct test_script *script, const struct suite_options *options)
{
	bool selects = selection_is_empty(options->selection);

	for (unsigned left = script->ip_versions; left && !selects; left &= left - 1) {
		enum ip_version version = (enum ip_version)__builtin_ctz(left);

		selects = is_selected(test_new(script, version, 0, 0, false), options);
	}
	return selects;
}

static bool selects_script(const char *path, const struct suite_options *options)
{
	struct script_file *file = script_file_read(path);
	bool selects = false;

	for (size_t i = 0, count = 1; i < count && !selects; i++) {
		struct test_script *script = test_script_read(file, i, options);

		count = script->case_count;
		selects = plan_selects(script, options);
		test_script_free(script);
	}
	script_file_let_go(file);
	return selects;
}

bool plan_select_scripts(struct script_paths *paths, const struct suite_options *options)
{
	const size_t found = paths->count;

	if (selection_is_empty(options->selection) || !found)
		return true;
	for (struct script_path **at = &paths->first; *at;) {
		if (!strcmp((*at)->path, "-") || selects_script((*at)->path, options)) {
			at = &(*at)->next;
			continue;
		}
		*at = (*at)->next;
		paths->count--;
	}
	if (!paths->count)
		fprintf(stderr, "%s: none of %zu scripts matches %s\n", options->program_name,
		        found, selection_text(options->selection));
	return paths->count > 0;
}

void plan_select(struct plan *plan, const struct suite_options *options)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->count; i++) {
		struct test *test = plan->tests[i];

		if (is_selected(test, options))
			plan->tests[kept++] = test;
		else
			test_free(test);
	}
	plan->count = plan->selected = kept;
}

static bool has_failed(const struct test *test, const struct suite_options *options)
{
	return last_failed_has(options->failed, test_plain_name(test)) ||
	       last_failed_has(options->failed, test->group);
}

void plan_keep_failed(struct plan *plan, const struct suite_options *options)
{
	size_t failed = 0, kept = 0;

	for (size_t i = 0; i < plan->count; i++)
		failed += has_failed(plan->tests[i], options);
	if (!failed) {
		fprintf(stderr, "%s: no test is known to have failed, so all are played\n",
		        options->program_name);
		return;
	}
	for (size_t i = 0; i < plan->count; i++)
		if (has_failed(plan->tests[i], options))
			plan->tests[kept++] = plan->tests[i];
		else
			test_free(plan->tests[i]);
	plan->count = plan->selected = kept;
}

/* ---- ordering ---- */

static int longer_first(const void *a, const void *b)
{
	const struct test *x = *(struct test *const *)a, *y = *(struct test *const *)b;

	if (x->expected != y->expected)
		return x->expected < y->expected ? 1 : -1;
	return strcmp(x->name, y->name);
}

void plan_sort_by_length(struct plan *plan)
{
	if (plan->count)
		qsort(plan->tests, plan->count, sizeof(*plan->tests), longer_first);
}

void plan_mix(struct plan *plan, size_t first)
{
	enum { SHORT_ONES = 3 };
	size_t count = plan->count - first, low = 0, high = count, next = 0;
	struct test **mixed = count ? calloc(count, sizeof(struct test *)) : NULL,
		    **sorted = plan->tests + first;

	if (!mixed)
		return;
	while (low < high) {
		mixed[next++] = sorted[low++];
		for (unsigned i = 0; i < SHORT_ONES && low < high; i++)
			mixed[next++] = sorted[--high];
	}
	memcpy(sorted, mixed, count * sizeof(struct test *));
	free(mixed);
}

void plan_shuffle(struct plan *plan, uint64_t seed)
{
	for (size_t i = plan->count; i > 1; i--) {
		size_t other = random_next(&seed) % i;
		struct test *test = plan->tests[i - 1];

		plan->tests[i - 1] = plan->tests[other];
		plan->tests[other] = test;
	}
}

/* ---- names ---- */

static int by_name(const void *a, const void *b)
{
	const struct test *x = *(struct test *const *)a, *y = *(struct test *const *)b;
	int order = strcmp(x->group, y->group);

	if (!order)
		order = strcmp(x->member, y->member);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Tells the tests of a group, from `first` on, their places. Returns how many they are. */
static size_t place_group(struct test **tests, size_t first, size_t count, size_t group)
{
	size_t end = first;

	while (end < count && !strcmp(tests[end]->group, tests[first]->group))
		end++;
	for (size_t i = first; i < end; i++) {
		tests[i]->place.test = i + 1;
		tests[i]->place.group = group;
		tests[i]->place.member = i - first + 1;
		tests[i]->place.members = end - first;
	}
	return end - first;
}

void plan_number_by_name(struct plan *plan)
{
	struct arena *arena = arena_new();
	struct test **sorted = arena_alloc(arena, (plan->count + 1) * sizeof(*sorted));

	if (plan->count)
		memcpy(sorted, plan->tests, plan->count * sizeof(*sorted));
	qsort(sorted, plan->count, sizeof(*sorted), by_name);
	plan->groups = 0;
	for (size_t i = 0; i < plan->count;)
		i += place_group(sorted, i, plan->count, ++plan->groups);
	arena_free(arena);
}

/* ---- shards ---- */

static unsigned least_loaded(const usec_t *loads, unsigned count)
{
	unsigned least = 0;

	for (unsigned i = 1; i < count; i++)
		if (loads[i] < loads[least])
			least = i;
	return least;
}

/* The longest test goes to the shard that has the least to do so far. */
void plan_shard(struct plan *plan, unsigned index, unsigned count)
{
	usec_t *loads = calloc(count, sizeof(*loads));
	size_t kept = 0;

	if (!loads)
		return;
	plan_sort_by_length(plan);
	plan->digest = hash_add(HASH_BEGIN, &count, sizeof(count));
	for (size_t i = 0; i < plan->count; i++) {
		struct test *test = plan->tests[i];
		unsigned shard = least_loaded(loads, count);

		plan->digest = hash_add(plan->digest, test->name, strlen(test->name) + 1);
		plan->digest = hash_add(plan->digest, &test->expected, sizeof(test->expected));
		loads[shard] += test->expected;
		if (shard == index - 1)
			plan->tests[kept++] = test;
		else
			test_free(test);
	}
	plan->count = kept;
	free(loads);
}
