/*
 * KTAP version 1, the Linux kernel's dialect of TAP: a script is a test, and each family of it a
 * subtest. A script is printed when its last family is there. What explains a result stands before
 * it, as comments. An expected failure is "ok ... # XFAIL", which older readers take for a pass.
 */

#include "report/report.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/explain.h"
#include "report/findings.h"
#include "report/totals.h"
#include "report/utf8.h"
#include "report/words.h"

/* INVALID says nothing of the kernel, so it must not read as a failure of it. */
static const struct {
	bool ok, explained;
	const char *directive;
} rows[] = {
	[VERDICT_NONE] = { false, true, " # ERROR" },
	[VERDICT_PASS] = { true, false, NULL },
	[VERDICT_FAIL] = { false, true, NULL },
	[VERDICT_XFAIL] = { true, false, " # XFAIL" },
	[VERDICT_XPASS] = { false, true, NULL },
	[VERDICT_SKIP] = { true, false, " # SKIP" },
	[VERDICT_INVALID] = { true, true, " # SKIP invalid:" },
	[VERDICT_ERROR] = { false, true, " # ERROR" },
	[VERDICT_CHECKED] = { true, false, " # SKIP checked:" },
};
static_assert(sizeof(rows) / sizeof(*rows) == VERDICT_KINDS, "each kind has a result");

/* A script whose tests are not all there: what is to be printed of them, when they are. */
struct group {
	char *name, *text;
	size_t text_size;
	size_t size, done, bad, skipped; /* tests: all, and so far */
	FILE *out;
	struct group *next;
};

struct tap {
	size_t number; /* of results on the outer level */
	struct group *groups;
};

/* ---- lines ---- */

static void print_comments(FILE *out, const char *indent, const char *text)
{
	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = text + strcspn(text, "\n");
		fprintf(out, "%s%s", indent, end == text ? "#" : "# ");
		utf8_print(out, text, (size_t)(end - text));
		fputc('\n', out);
	}
}

/* A '#' would begin a directive. */
static void print_escaped(FILE *out, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "#\\");

		utf8_print(out, text, length);
		text += length;
		if (*text)
			fprintf(out, "\\%c", *text++);
	}
}

static void print_result(FILE *out, const char *indent, const struct report_test *test,
                         const char *name, size_t number)
{
	enum verdict_kind kind = test->verdict->kind;
	char remark[WORDS];

	fprintf(out, "%s%s %zu ", indent, rows[kind].ok ? "ok" : "not ok", number);
	print_escaped(out, name);
	findings_remark(test, remark);
	if (rows[kind].directive || test->flaky) {
		fprintf(out, "%s ", rows[kind].directive ? rows[kind].directive : " # flaky:");
		utf8_print(out, remark, WORDS);
	}
	fputc('\n', out);
}

static void print_explanation(FILE *out, const char *indent, const struct report_test *test)
{
	char *explanation = rows[test->verdict->kind].explained ? report_explanation(test) : NULL;

	if (explanation)
		print_comments(out, indent, explanation);
	free(explanation);
}

/* ---- scripts ---- */

static void print_group(FILE *out, struct tap *tap, struct group *group)
{
	fclose(group->out);
	fprintf(out, "    KTAP version 1\n    1..%zu\n", group->done);
	fputs(group->text, out);
	fprintf(out, "%s %zu ", group->bad ? "not ok" : "ok", ++tap->number);
	print_escaped(out, group->name);
	fputs(group->skipped == group->done ? " # SKIP all of it\n" : "\n", out);
	free(group->text);
	free(group->name);
	free(group);
}

static struct group **find_group(struct tap *tap, const struct report_test *test)
{
	struct group **at = &tap->groups;

	while (*at && strcmp((*at)->name, test->group))
		at = &(*at)->next;
	if (*at)
		return at;
	*at = calloc(1, sizeof(**at));
	if (!*at)
		return NULL;
	(*at)->name = strdup(test->group);
	(*at)->size = test->group_size;
	(*at)->out = open_memstream(&(*at)->text, &(*at)->text_size);
	return at;
}

static void add_to_group(FILE *out, struct tap *tap, struct group **at,
                         const struct report_test *test)
{
	struct group *group = *at;
	enum verdict_kind kind = test->verdict->kind;

	group->done++;
	group->bad += !rows[kind].ok;
	group->skipped +=
		kind == VERDICT_SKIP || kind == VERDICT_INVALID || kind == VERDICT_CHECKED;
	print_explanation(group->out, "    ", test);
	print_result(group->out, "    ", test, test->member, group->done);
	if (group->done < group->size)
		return;
	*at = group->next;
	print_group(out, tap, group);
}

/* ---- the format ---- */

static void *begin_tap(FILE *out, const struct report_run *run)
{
	fputs("KTAP version 1\n", out);
	for (const struct report_fact *fact = report_facts(run); fact; fact = fact->next) {
		fprintf(out, "# %s: ", fact->name);
		utf8_print(out, fact->value, SIZE_MAX);
		fputc('\n', out);
	}
	fprintf(out, "1..%zu\n", run->scripts);
	return calloc(1, sizeof(struct tap));
}

static void test_tap(FILE *out, void *kept, const struct report_test *test, size_t number)
{
	struct group **at = kept && test->group ? find_group(kept, test) : NULL;

	if (at) {
		add_to_group(out, kept, at, test);
		return;
	}
	print_explanation(out, "", test);
	print_result(out, "", test, test->name, number);
}

static void end_tap(FILE *out, void *kept, const struct report_totals *totals)
{
	struct tap *tap = kept;

	while (tap && tap->groups) {
		struct group *group = tap->groups;

		tap->groups = group->next;
		print_group(out, tap, group);
	}
	free(tap);
	if (totals->ended) {
		fputs("Bail out! ", out);
		utf8_print(out, totals->ended, SIZE_MAX);
		fputc('\n', out);
	}
	fputs("# ", out);
	totals_print(out, totals);
}

const struct report_format report_tap = {
	"tap", ".tap", "KTAP version 1, as kselftest prints it", begin_tap, test_tap, end_tap, NULL,
};
