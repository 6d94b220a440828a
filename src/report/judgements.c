#include "report/judgements.h"

#include <assert.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 5 };

struct row {
	enum judgement judgement;
	const char *ids, *failure, *clause, *sentence;
	struct row *next;
};

struct judgements {
	struct arena *arena;
	struct row *first, **end;
};

static const char *const names[] = {
	/* clang-format off */
	[JUDGED_NOTHING]  = "not-looked-at", [JUDGED_NOT_OFFERED] = "not-offered",
	[JUDGED_NOT_SEEN] = "not-seen",      [JUDGED_HOLDS]       = "holds",
	[JUDGED_DIFFERS]  = "differs",       [JUDGED_OPEN]        = "open",
	[JUDGED_VIOLATES] = "violates",
	/* clang-format on */
};
static_assert(sizeof(names) / sizeof(names[0]) == JUDGEMENTS, "a judgement has no name");

/* ---- the file ---- */

/* Cells between bars, without the blanks around them. */
static size_t split(char *line, char *cells[CELLS])
{
	size_t count = 0;

	for (char *bar; line && count < CELLS; line = bar) {
		bar = count + 1 < CELLS ? strchr(line, '|') : NULL;
		if (bar)
			*bar++ = '\0';
		line += strspn(line, " \t");
		for (size_t n = strlen(line); n && strchr(" \t\n", line[n - 1]); n--)
			line[n - 1] = '\0';
		cells[count++] = line;
	}
	return count;
}

static bool name_find(const char *name, enum judgement *judgement)
{
	for (*judgement = JUDGED_NOTHING; *judgement < JUDGEMENTS; ++*judgement)
		if (!strcmp(names[*judgement], name))
			return *judgement != JUDGED_NOTHING && *judgement != JUDGED_OPEN;
	return false;
}

static const char *add_row(struct judgements *judgements, char *line)
{
	struct row *row;
	char *cells[CELLS];
	enum judgement judgement;

	if (split(line, cells) != CELLS)
		return "a line has five parts: JUDGEMENT | IDS | FAILURE | CLAUSE | SENTENCE";
	if (!name_find(cells[0], &judgement))
		return "it begins with holds, differs, violates, not-offered or not-seen";
	row = arena_alloc(judgements->arena, sizeof(*row));
	row->judgement = judgement;
	row->ids = arena_strdup(judgements->arena, cells[1]);
	row->failure = arena_strdup(judgements->arena, cells[2]);
	row->clause = arena_strdup(judgements->arena, cells[3]);
	row->sentence = arena_strdup(judgements->arena, cells[4]);
	*judgements->end = row;
	judgements->end = &row->next;
	return NULL;
}

struct judgements *judgements_read(const char *path, struct arena *arena, const char **why)
{
	struct judgements *judgements = arena_alloc(arena, sizeof(*judgements));
	FILE *file = fopen(path, "re");
	const char *wrong = NULL;
	unsigned number = 0;
	char *line = NULL;
	size_t size = 0;

	judgements->arena = arena;
	judgements->end = &judgements->first;
	*why = file ? NULL : strerror(errno);
	while (file && !wrong && getline(&line, &size, file) > 0) {
		number++;
		if (*line != '#' && line[strspn(line, " \t\n")])
			wrong = add_row(judgements, line);
	}
	if (wrong)
		*why = arena_printf(arena, "line %u: %s", number, wrong);
	else if (file && ferror(file))
		*why = strerror(errno);
	free(line);
	if (file)
		fclose(file);
	return *why ? NULL : judgements;
}

/* ---- a test ---- */

static const struct row *find_row(const struct judgements *judgements, const char *id,
                                  const char *failure)
{
	const struct row *row = judgements->first;

	while (row && (fnmatch(row->ids, id, 0) || fnmatch(row->failure, failure, 0)))
		row = row->next;
	return row;
}

/* What nobody had the time or the programs for says nothing of the stack. */
static bool was_not_played(const char *failure)
{
	return !strncmp(failure, "it takes ", 9) || !strncmp(failure, "needs the program ", 18);
}

/* Without a line in the file. */
static enum judgement judgement_of(enum verdict_kind kind, const char *failure)
{
	switch (kind) {
	case VERDICT_PASS:
		return JUDGED_HOLDS;
	case VERDICT_SKIP:
		return was_not_played(failure) ? JUDGED_NOTHING : JUDGED_NOT_OFFERED;
	case VERDICT_CHECKED:
	case VERDICT_INVALID:
		return JUDGED_NOTHING;
	case VERDICT_FAIL:
	case VERDICT_XFAIL:
	case VERDICT_XPASS:
	case VERDICT_ERROR:
	case VERDICT_NONE:
	case VERDICT_KINDS:
		break;
	}
	return JUDGED_OPEN;
}

/* Of those that weigh the same the first by name, in whatever order they ended. */
static bool says_more(enum judgement judgement, const char *test, const struct outcome *outcome)
{
	if (!outcome->test || judgement != outcome->judgement)
		return !outcome->test || judgement > outcome->judgement;
	return strcmp(test, outcome->test) < 0;
}

void judgements_add(const struct judgements *judgements, const char *id, size_t length,
                    const struct report_test *test, const char *summary, struct outcome *outcome)
{
	const char *name = arena_strndup(judgements->arena, id, length);
	const struct row *row = find_row(judgements, name, summary);
	enum judgement judgement =
		row ? row->judgement : judgement_of(test->verdict->kind, summary);

	if (says_more(judgement, test->name, outcome)) {
		outcome->test = arena_strdup(judgements->arena, test->name);
		outcome->judgement = judgement;
		outcome->script = arena_strdup(judgements->arena, test->path);
		outcome->clause = row ? row->clause : NULL;
		outcome->sentence = row ? row->sentence : arena_strdup(judgements->arena, summary);
	}
}

/* ---- the table ---- */

void outcome_print(FILE *out, const char *id, const struct outcome *outcome)
{
	const char *clause = outcome->clause ? outcome->clause : "";

	fprintf(out, "%-20s %-14s %s%s%s\n", id, names[outcome->judgement],
	        outcome->script ? outcome->script : "", *clause ? "  " : "", clause);
	if (outcome->sentence && *outcome->sentence)
		fprintf(out, "%-20s %-14s %s\n", "", "", outcome->sentence);
}

void outcomes_print(FILE *out, const size_t count[JUDGEMENTS])
{
	const char *comma = "";

	for (int judgement = JUDGEMENTS - 1; judgement >= 0; judgement--) {
		if (!count[judgement])
			continue;
		fprintf(out, "%s%s %zu", comma, names[judgement], count[judgement]);
		comma = ", ";
	}
	fputc('\n', out);
}
