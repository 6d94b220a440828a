#include "report/coverage.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct covering {                       /* a script, with the results of its tests */
	const char *path;
	size_t count[VERDICT_KINDS];
	struct covering *next;
};

struct covered {
	const char *id;
	struct covering *scripts;
	struct covered *next;           /* of the same hash */
};

enum { BUCKETS = 1024 };

struct coverage {
	struct arena *arena;
	struct covered *buckets[BUCKETS];
	size_t count;
};

struct coverage *coverage_new(struct arena *arena)
{
	struct coverage *coverage = arena_alloc(arena, sizeof *coverage);

	coverage->arena = arena;
	return coverage;
}

static struct covered *find(struct coverage *coverage, const char *id, size_t length)
{
	struct covered **at, *covered;
	unsigned hash = 0;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)id[i];
	at = &coverage->buckets[hash % BUCKETS];
	for (covered = *at; covered; covered = covered->next)
		if (!strncmp(covered->id, id, length) && !covered->id[length])
			return covered;
	covered = arena_alloc(coverage->arena, sizeof *covered);
	covered->id = arena_strndup(coverage->arena, id, length);
	covered->next = *at;
	*at = covered;
	coverage->count++;
	return covered;
}

/* ---- what there is to cover ---- */

/* D3-09, ALL-SYN[FW1]: capitals and digits, with at least one dash in it. */
static bool is_id(const char *text, size_t length)
{
	bool dash = false;

	for (size_t i = 0; i < length; i++) {
		if (!isupper((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) &&
		    !strchr("-[]", text[i]))
			return false;
		dash |= text[i] == '-' && i > 0 && i + 1 < length;
	}
	return dash && isupper((unsigned char)*text);
}

static void read_row(struct coverage *coverage, const char *line)
{
	const char *cell = line + strspn(line, " \t");
	size_t length;

	if (*cell != '|')
		return;
	cell += 1 + strspn(cell + 1, " \t`*");
	length = strcspn(cell, " \t`*|\n");
	if (length && is_id(cell, length))
		find(coverage, cell, length);
}

const char *coverage_read(struct coverage *coverage, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0, before = coverage->count;
	const char *why = NULL;

	if (!file)
		return strerror(errno);
	while (getline(&line, &size, file) > 0)
		read_row(coverage, line);
	if (ferror(file))
		why = strerror(errno);
	else if (coverage->count == before)
		why = "no table in it begins with ids";
	free(line);
	fclose(file);
	return why;
}

/* ---- what covers it ---- */

static struct covering *find_script(struct coverage *coverage, struct covered *covered,
                                    const char *path)
{
	struct covering **at = &covered->scripts;

	while (*at && strcmp((*at)->path, path))
		at = &(*at)->next;
	if (!*at) {
		*at = arena_alloc(coverage->arena, sizeof **at);
		(*at)->path = arena_strdup(coverage->arena, path);
	}
	return *at;
}

void coverage_add(struct coverage *coverage, const struct report_test *test)
{
	for (const struct directive *d = test->directives; d; d = d->next) {
		if (strcmp(d->name, "covers"))
			continue;
		for (const char *id = d->text; *(id += strspn(id, " \t,"));) {
			size_t length = strcspn(id, " \t,");
			struct covered *covered = find(coverage, id, length);

			find_script(coverage, covered, test->path)->count[test->verdict->kind]++;
			id += length;
		}
	}
}

/* ---- the table ---- */

static int by_id(const void *a, const void *b)
{
	return strverscmp((*(struct covered *const *)a)->id, (*(struct covered *const *)b)->id);
}

/* "PASS 3" or "PASS 2, FAIL 1" */
static void print_counts(FILE *out, const size_t count[VERDICT_KINDS])
{
	const char *comma = "";

	for (int kind = 0; kind < VERDICT_KINDS; kind++) {
		if (!count[kind])
			continue;
		fprintf(out, "%s%s %zu", comma, verdict_name((enum verdict_kind)kind), count[kind]);
		comma = ", ";
	}
}

static void print_row(FILE *out, const struct covered *covered)
{
	if (!covered->scripts)
		fprintf(out, "%-20s none\n", covered->id);
	for (const struct covering *script = covered->scripts; script; script = script->next) {
		fprintf(out, "%-20s %s  ", script == covered->scripts ? covered->id : "", script->path);
		print_counts(out, script->count);
		fputc('\n', out);
	}
}

/* An id is covered when a test that is about it gave an answer. */
static bool is_answered(const struct covered *covered)
{
	for (const struct covering *script = covered->scripts; script; script = script->next)
		if (script->count[VERDICT_PASS] || script->count[VERDICT_FAIL] ||
		    script->count[VERDICT_XFAIL] || script->count[VERDICT_XPASS])
			return true;
	return false;
}

void coverage_print(struct coverage *coverage, FILE *out)
{
	struct covered **list = calloc(coverage->count + 1, sizeof(*list));
	size_t count = 0, answered = 0;

	for (size_t i = 0; list && i < BUCKETS; i++)
		for (struct covered *covered = coverage->buckets[i]; covered; covered = covered->next)
			list[count++] = covered;
	if (count)
		qsort(list, count, sizeof *list, by_id);
	for (size_t i = 0; i < count; i++) {
		print_row(out, list[i]);
		answered += is_answered(list[i]);
	}
	fprintf(out, "%zu of %zu ids are covered\n", answered, count);
	free(list);
}
