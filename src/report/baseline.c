#include "report/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/utf8.h"

struct baseline *baseline_new(struct arena *arena, const char *path)
{
	struct baseline *baseline = arena_alloc(arena, sizeof(*baseline));

	baseline->arena = arena;
	baseline->path = path;
	return baseline;
}

void baseline_list_add(struct baseline *baseline, struct baseline_list *list,
                       const struct baseline_test *test)
{
	list->tests = arena_grown(baseline->arena, list->tests, list->count, &list->room,
	                          sizeof(*list->tests));
	list->tests[list->count++] = *test;
}

void baseline_add(struct baseline *baseline, const struct report_test *test)
{
	struct findings *findings = findings_new(test);
	const struct baseline_test now = {
		.name = arena_strdup(baseline->arena, test->name),
		.kind = test->verdict->kind,
		.line = findings->located ? findings->location.line : 0,
		.summary = arena_strdup(baseline->arena, findings->summary),
	};

	baseline_list_add(baseline, &baseline->now, &now);
	findings_free(findings);
}

/* ---- which test is which ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct baseline_test *)a)->name,
	              ((const struct baseline_test *)b)->name);
}

/* The length of the folder that all tests of a list are in, with its '/'. */
static size_t common_folder(const struct baseline_list *list)
{
	const char *first = list->count ? list->tests[0].name : "", *slash;
	size_t length = strcspn(first, " [");

	for (size_t i = 0; i < list->count; i++)
		while (length && strncmp(list->tests[i].name, first, length))
			length--;
	while (length && first[length - 1] != '/')
		length--;
	slash = length ? first + length : first;
	return (size_t)(slash - first);
}

/* Finds the test whose name, without the common folder, is `name`, or whose path ends with it. */
static struct baseline_test *find(const struct baseline_list *list, size_t folder, const char *name)
{
	struct baseline_test *found = NULL;
	size_t length = strlen(name);

	for (size_t i = 0; i < list->count; i++) {
		struct baseline_test *test = &list->tests[i];
		size_t own = strlen(test->name);

		if (!strcmp(test->name + folder, name))
			return test;
		if (own <= length || strcmp(test->name + own - length, name) ||
		    test->name[own - length - 1] != '/')
			continue;
		if (found)
			return NULL;
		found = test;
	}
	return found;
}

static void join(struct baseline_test *now, struct baseline_test *before)
{
	if (!before || before->other)
		return;
	now->other = before;
	before->other = now;
}

/* First by whole names; then those that are left, by their place below the common folder. */
static void match(struct baseline *baseline)
{
	struct baseline_list *before = &baseline->before, *now = &baseline->now;
	size_t folder_now = common_folder(now), folder_before = common_folder(before);

	if (before->count)
		qsort(before->tests, before->count, sizeof(*before->tests), by_name);
	if (now->count)
		qsort(now->tests, now->count, sizeof(*now->tests), by_name);
	for (size_t i = 0; i < now->count && before->count; i++)
		join(&now->tests[i], bsearch(&now->tests[i], before->tests, before->count,
		                             sizeof(*before->tests), by_name));
	for (size_t i = 0; i < now->count; i++)
		if (!now->tests[i].other)
			join(&now->tests[i],
			     find(before, folder_before, now->tests[i].name + folder_now));
}

/* ---- what has changed for a test ---- */

static bool is_failure(enum verdict_kind kind)
{
	return kind == VERDICT_FAIL || kind == VERDICT_XPASS || kind == VERDICT_ERROR ||
	       kind == VERDICT_NONE;
}

enum change { SAME, NEW_FAILURE, GONE, CHANGED, ADDED, REMOVED, CHANGES };

static enum change change_of(const struct baseline_test *now)
{
	const struct baseline_test *before = now->other;

	if (is_failure(now->kind) && (!before || !is_failure(before->kind)))
		return NEW_FAILURE;
	if (!before)
		return ADDED;
	if (is_failure(before->kind) && (now->kind == VERDICT_PASS || now->kind == VERDICT_XFAIL))
		return GONE;
	/* A failure in another line is another failure. */
	return now->kind != before->kind || (is_failure(now->kind) && now->line != before->line)
	               ? CHANGED
	               : SAME;
}

static void print_test(FILE *out, const struct baseline_test *now, enum change change)
{
	const struct baseline_test *before = now->other;

	fprintf(out, "  %-7s ", verdict_name(now->kind));
	utf8_print(out, now->name, SIZE_MAX);
	if (before && before->kind != now->kind)
		fprintf(out, "  (was %s)", verdict_name(before->kind));
	else if (before)
		fprintf(out, "  (in line %u, not %u)", now->line, before->line);
	if (change != GONE && *now->summary) {
		fputs("  ", out);
		utf8_print(out, now->summary, SIZE_MAX);
	}
	fputc('\n', out);
}

static size_t print_changes(FILE *out, const struct baseline *baseline, enum change change,
                            const char *title)
{
	size_t count = 0;

	for (size_t i = 0; i < baseline->now.count; i++) {
		if (change_of(&baseline->now.tests[i]) != change)
			continue;
		if (count++ == 0)
			fprintf(out, "%s:\n", title);
		print_test(out, &baseline->now.tests[i], change);
	}
	return count;
}

static size_t print_removed(FILE *out, const struct baseline *baseline)
{
	size_t count = 0;

	for (size_t i = 0; i < baseline->before.count; i++) {
		const struct baseline_test *before = &baseline->before.tests[i];

		if (before->other)
			continue;
		if (count++ == 0)
			fputs("tests removed:\n", out);
		fprintf(out, "  %-7s ", verdict_name(before->kind));
		utf8_print(out, before->name, SIZE_MAX);
		fputc('\n', out);
	}
	return count;
}

struct baseline_counts baseline_print(struct baseline *baseline, FILE *out, bool all)
{
	struct baseline_counts counts = { 0 };

	match(baseline);
	counts.failures = print_changes(out, baseline, NEW_FAILURE, "new failures");
	counts.gone = print_changes(out, baseline, GONE, "failures that are gone");
	counts.changed = print_changes(out, baseline, CHANGED, "other verdicts");
	counts.added = print_changes(out, baseline, ADDED, "tests added");
	if (all)
		counts.removed = print_removed(out, baseline);
	for (size_t i = 0; i < baseline->now.count; i++) {
		const struct baseline_test *now = &baseline->now.tests[i];

		counts.as_before += is_failure(now->kind) && change_of(now) == SAME;
		counts.invalid += now->kind == VERDICT_INVALID &&
		                  !(now->other && now->other->kind == VERDICT_INVALID);
	}
	fputs("beside ", out);
	utf8_print(out, baseline->path, SIZE_MAX);
	fprintf(out,
	        ": %zu new failure%s, %zu gone, %zu other verdict%s, %zu test%s added, %zu "
	        "removed, "
	        "%zu fail as before\n",
	        counts.failures, counts.failures == 1 ? "" : "s", counts.gone, counts.changed,
	        counts.changed == 1 ? "" : "s", counts.added, counts.added == 1 ? "" : "s",
	        counts.removed, counts.as_before);
	return counts;
}
