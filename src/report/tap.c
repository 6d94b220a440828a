/*
 * KTAP version 1, the Linux kernel's dialect of TAP: what explains a result stands before it, as
 * comments. An expected failure is "ok ... # XFAIL", which older readers take for a pass.
 */
#include "report/formats.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/words.h"

/* INVALID says nothing of the kernel, so it must not read as a failure of it. */
static const struct { bool ok, explained; const char *directive; } rows[] = {
	[VERDICT_NONE]    = { false, true,  " # ERROR" },
	[VERDICT_PASS]    = { true,  false, NULL },
	[VERDICT_FAIL]    = { false, true,  NULL },
	[VERDICT_XFAIL]   = { true,  false, " # XFAIL" },
	[VERDICT_XPASS]   = { false, true,  NULL },
	[VERDICT_SKIP]    = { true,  false, " # SKIP" },
	[VERDICT_INVALID] = { true,  true,  " # SKIP invalid:" },
	[VERDICT_ERROR]   = { false, true,  " # ERROR" },
};
static_assert(sizeof rows / sizeof *rows == VERDICT_KINDS, "each kind has a result");

static void *begin_tap(FILE *out, const struct report_run *run)
{
	fprintf(out, "KTAP version 1\n1..%zu\n", run->tests);
	return NULL;
}

static void print_comments(FILE *out, const char *text)
{
	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = text + strcspn(text, "\n");
		fputs(end == text ? "#" : "# ", out);
		words_print(out, text, (size_t)(end - text));
		fputc('\n', out);
	}
}

/* A '#' would begin a directive. */
static void print_escaped(FILE *out, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "#\\");

		words_print(out, text, length);
		text += length;
		if (*text)
			fprintf(out, "\\%c", *text++);
	}
}

static void test_tap(FILE *out, void *kept, const struct report_test *test, size_t number)
{
	enum verdict_kind kind = test->verdict->kind;
	char *explanation = rows[kind].explained ? report_explanation(test) : NULL;

	(void)kept;
	if (explanation)
		print_comments(out, explanation);
	free(explanation);
	fprintf(out, "%s %zu ", rows[kind].ok ? "ok" : "not ok", number);
	print_escaped(out, test->name);
	if (rows[kind].directive) {
		fprintf(out, "%s ", rows[kind].directive);
		words_print(out, test->verdict->reason, VERDICT_TEXT);
	}
	fputc('\n', out);
}

static void end_tap(FILE *out, void *kept, const struct report_totals *totals)
{
	(void)kept;
	fputs("# ", out);
	words_totals(out, totals);
}

const struct report_format report_tap = {
	"tap", ".tap", "KTAP version 1, as kselftest prints it", begin_tap, test_tap, end_tap,
	NULL,
};
