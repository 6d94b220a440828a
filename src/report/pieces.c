#include "report/pieces.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	char *text; /* NULL: there is none, or it is in its group */
	enum verdict_kind kind;
};

/* A group while its tests come. */
struct group {
	char *name;
	size_t done, size;
	size_t first, last; /* places in the list of its first and last test so far */
	size_t count[VERDICT_KINDS];
};

struct pieces {
	const struct report_format *format;
	void *kept;
	struct piece *list; /* the index is the number of the test, from 0 */
	size_t count;
	struct group *groups; /* by number, from 0 */
	size_t group_count;
	bool ordered;
	size_t groups_told;
};

struct pieces *pieces_new(const struct report_format *format, void *kept,
                          const struct report_run *run, bool ordered)
{
	struct pieces *pieces = calloc(1, sizeof(*pieces));

	if (!pieces)
		return NULL;
	*pieces = (struct pieces){
		.format = format,
		.kept = kept,
		.list = calloc(run->tests + 1, sizeof(*pieces->list)),
		.count = run->tests,
		.groups = calloc(run->groups + 1, sizeof(*pieces->groups)),
		.group_count = run->groups,
		.ordered = ordered,
	};
	if (pieces->list && pieces->groups)
		return pieces;
	pieces_free(pieces);
	return NULL;
}

void pieces_free(struct pieces *pieces)
{
	if (!pieces)
		return;
	for (size_t i = 0; pieces->list && i < pieces->count; i++)
		free(pieces->list[i].text);
	for (size_t i = 0; pieces->groups && i < pieces->group_count; i++)
		free(pieces->groups[i].name);
	free(pieces->list);
	free(pieces->groups);
	free(pieces);
}

/* ---- groups ---- */

/* The texts of a group's tests become one text, which is kept for its first test. */
static const char *finish_group(struct pieces *pieces, size_t number)
{
	struct group *group = &pieces->groups[number - 1];
	struct piece *first = NULL;
	char *text = NULL, *whole = NULL;
	size_t size;
	FILE *all = open_memstream(&text, &size), *out = open_memstream(&whole, &size);

	pieces->groups_told++;
	for (size_t i = group->first; all && i <= group->last; i++) {
		struct piece *piece = &pieces->list[i];

		if (!piece->text)
			continue;
		fputs(piece->text, all);
		first = first ? first : piece;
		free(piece->text);
		piece->text = NULL;
	}
	if (all)
		fclose(all);
	if (out)
		pieces->format->group(
			out, pieces->kept,
			&(struct report_group){ .name = group->name,
		                                .number = pieces->ordered ? number
		                                                          : pieces->groups_told,
		                                .planned = group->size,
		                                .tests = group->done,
		                                .count = group->count,
		                                .text = text ? text : "" });
	if (out)
		fclose(out);
	free(text);
	group->size = 0;
	if (!first) {
		free(whole);
		return NULL;
	}
	first->text = whole;
	return whole;
}

static const char *add_to_group(struct pieces *pieces, const struct report_test *test)
{
	struct group *group = &pieces->groups[test->group_number - 1];
	size_t at = test->number - 1;

	if (!group->name) {
		group->name = strdup(test->group);
		group->first = group->last = at;
	}
	group->first = at < group->first ? at : group->first;
	group->last = at > group->last ? at : group->last;
	group->size = test->group_size;
	group->done++;
	group->count[test->verdict->kind]++;
	return group->done == group->size ? finish_group(pieces, test->group_number) : NULL;
}

/* ---- tests ---- */

const char *pieces_add(struct pieces *pieces, const struct report_test *test,
                       const struct findings *findings)
{
	struct piece *piece = &pieces->list[test->number - 1];
	size_t size;
	FILE *out;

	piece->kind = test->verdict->kind;
	out = open_memstream(&piece->text, &size);
	if (!out)
		return NULL;
	pieces->format->test(out, pieces->kept, test, findings);
	fclose(out);
	return pieces->format->group ? add_to_group(pieces, test) : piece->text;
}

const char *pieces_add_rest(struct pieces *pieces)
{
	for (size_t i = 0; pieces->format->group && i < pieces->group_count; i++)
		if (pieces->groups[i].size)
			return finish_group(pieces, i + 1);
	return NULL;
}

/* ---- order ---- */

/* What must be looked at comes before what need not be. */
static const enum verdict_kind worst_first[] = {
	VERDICT_NONE,  VERDICT_ERROR, VERDICT_FAIL,    VERDICT_XPASS, VERDICT_INVALID,
	VERDICT_XFAIL, VERDICT_SKIP,  VERDICT_CHECKED, VERDICT_PASS,
};
static_assert(sizeof(worst_first) / sizeof(*worst_first) == VERDICT_KINDS, "each kind has a place");

static void print_kind(const struct pieces *pieces, FILE *out, int kind)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (pieces->list[i].text && (kind < 0 || (int)pieces->list[i].kind == kind))
			fputs(pieces->list[i].text, out);
}

void pieces_print(const struct pieces *pieces, FILE *out)
{
	if (!pieces->format->worst_first) {
		print_kind(pieces, out, -1);
		return;
	}
	for (size_t i = 0; i < VERDICT_KINDS; i++)
		print_kind(pieces, out, (int)worst_first[i]);
}
