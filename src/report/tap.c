/*
 * KTAP version 1, the TAP of the Linux kernel: a script is a test, and each family is a subtest. An
 * explanation comes before its result, as comments. An expected failure is "ok ... # XFAIL", which
 * older readers count as passed.
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

/* INVALID tells nothing about the kernel, so it must not be read as a failure of the kernel. */
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

static void print_result(FILE *out, const struct report_test *test, const struct findings *findings)
{
	enum verdict_kind kind = test->verdict->kind;
	const char *directive = rows[kind].directive;

	fprintf(out, "    %s %zu ", rows[kind].ok ? "ok" : "not ok", test->member_number);
	print_escaped(out, test->member);
	if (!directive)
		directive = test->flaky ? " # flaky:" : " #";
	if (*findings->summary) {
		fprintf(out, "%s ", directive);
		utf8_print(out, findings->summary, SIZE_MAX);
	}
	fputc('\n', out);
}

static void print_explanation(FILE *out, const struct report_test *test,
                              const struct findings *findings)
{
	bool explained = rows[test->verdict->kind].explained;
	char *aside = report_aside(test, findings, explained);
	char *explanation = explained ? report_explanation(test, findings) : NULL;

	if (aside)
		print_comments(out, "    ", aside);
	if (explanation)
		print_comments(out, "    ", explanation);
	free(explanation);
	free(aside);
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
	fprintf(out, "1..%zu\n", run->groups);
	return NULL;
}

static void test_tap(FILE *out, void *kept, const struct report_test *test,
                     const struct findings *findings)
{
	(void)kept;
	print_explanation(out, test, findings);
	print_result(out, test, findings);
}

static void group_tap(FILE *out, void *kept, const struct report_group *group)
{
	const size_t *count = group->count;
	size_t bad = 0,
	       skipped = count[VERDICT_SKIP] + count[VERDICT_INVALID] + count[VERDICT_CHECKED];

	(void)kept;
	for (int kind = 0; kind < VERDICT_KINDS; kind++)
		bad += rows[kind].ok ? 0 : count[kind];
	fprintf(out, "    KTAP version 1\n    1..%zu\n%s", group->planned, group->text);
	fprintf(out, "%s %zu ", bad ? "not ok" : "ok", group->number);
	print_escaped(out, group->name);
	fputs(skipped == group->tests ? " # SKIP all of it\n" : "\n", out);
}

static void end_tap(FILE *out, void *kept, const struct report_totals *totals)
{
	(void)kept;
	if (totals->ended) {
		fputs("Bail out! ", out);
		utf8_print(out, totals->ended, SIZE_MAX);
		fputc('\n', out);
	}
	fputs("# ", out);
	totals_print(out, totals);
}

const struct report_format report_tap = {
	.name = "tap",
	.ending = ".tap",
	.help = "KTAP version 1, as kselftest prints it",
	.begin = begin_tap,
	.test = test_tap,
	.group = group_tap,
	.end = end_tap,
};
