/* JUnit XML, as continuous integration services read it. */

#include "report/report.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/explain.h"
#include "report/findings.h"
#include "report/utf8.h"
#include "report/words.h"

static const struct {
	const char *element;
	bool explained;
} rows[] = {
	[VERDICT_NONE] = { "error", true },       [VERDICT_PASS] = { NULL, false },
	[VERDICT_FAIL] = { "failure", true },     [VERDICT_XFAIL] = { "skipped", false },
	[VERDICT_XPASS] = { "failure", true },    [VERDICT_SKIP] = { "skipped", false },
	[VERDICT_INVALID] = { "skipped", false }, [VERDICT_ERROR] = { "error", true },
	[VERDICT_CHECKED] = { "skipped", false },
};
static_assert(sizeof(rows) / sizeof(*rows) == VERDICT_KINDS, "each kind has an element");

/* Characters that XML 1.0 (2.2) cannot have at all, not even as a reference, become U+FFFD. */
static bool is_xml_character(uint32_t character)
{
	if (character < 0x20)
		return character == '\t' || character == '\n' || character == '\r';
	return character != 0xfffe && character != 0xffff;
}

/* What must be written for a character that has a meaning in XML; NULL for all others. */
static const char *entity_of(uint32_t character)
{
	switch (character) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\r':
		return "&#13;";
	}
	return NULL;
}

/* In attributes, white space is written as references, because it would be lost. */
static void print_xml(FILE *out, const char *text, bool attribute)
{
	size_t left = strlen(text), length;
	uint32_t character = 0;
	const char *entity;

	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		entity = length ? entity_of(character) : NULL;
		if (!length || !is_xml_character(character)) {
			fputs("\xef\xbf\xbd", out);
			length = length ? length : 1;
			continue;
		}
		if (entity)
			fputs(entity, out);
		else if (attribute && character < 0x20)
			fprintf(out, "&#%u;", (unsigned)character);
		else
			fwrite(text, 1, length, out);
	}
}

static void print_attribute(FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	print_xml(out, value, true);
	fputc('"', out);
}

static void *begin_junit(FILE *out, const struct report_run *run)
{
	const struct report_fact **facts = calloc(1, sizeof(*facts));

	(void)out;
	if (facts)
		*facts = report_facts(run);
	return facts;
}

static void print_outcome(FILE *out, const struct report_test *test,
                          const struct findings *findings)
{
	enum verdict_kind kind = test->verdict->kind;
	char *explanation = rows[kind].explained ? report_explanation(test, findings) : NULL;

	fprintf(out, "\n  <%s", rows[kind].element);
	print_attribute(out, "type", verdict_name(kind));
	print_attribute(out, "message", findings->summary);
	if (explanation) {
		fputc('>', out);
		print_xml(out, explanation, false);
		fprintf(out, "</%s>\n", rows[kind].element);
	} else {
		fputs("/>\n", out);
	}
	free(explanation);
}

/* As other tools write it: the test passed in the end, and this is the verdict before. */
static void print_flaky(FILE *out, const struct report_test *test)
{
	fputs("\n  <flakyFailure type=\"FAIL\"", out);
	print_attribute(out, "message", test->before ? test->before : "");
	fputs("/>\n", out);
}

/* What stands beside the verdict: it comes behind that. */
static void print_aside(FILE *out, const char *aside)
{
	fputs("  <system-err>", out);
	print_xml(out, aside, false);
	fputs("</system-err>\n", out);
}

static void print_body(FILE *out, const struct report_test *test, const struct findings *findings)
{
	enum verdict_kind kind = test->verdict->kind;
	char *aside = report_aside(test, findings, rows[kind].explained);
	bool beside = aside && *aside;

	if (!test->flaky && !rows[kind].element && !beside) {
		fputs("/>\n", out);
		free(aside);
		return;
	}
	fputc('>', out);
	if (test->flaky)
		print_flaky(out, test);
	else if (rows[kind].element)
		print_outcome(out, test, findings);
	else
		fputc('\n', out);
	if (beside)
		print_aside(out, aside);
	fputs("</testcase>\n", out);
	free(aside);
}

static void test_junit(FILE *out, void *kept, const struct report_test *test,
                       const struct findings *findings)
{
	(void)kept;
	fputs("<testcase", out);
	print_attribute(out, "classname", test->path);
	print_attribute(out, "name", test->name);
	print_attribute(out, "file", findings->located ? findings->location.path : test->path);
	if (findings->located)
		fprintf(out, " line=\"%u\"", findings->location.line);
	fprintf(out, " time=\"%.3f\"", (double)test->wall / USEC_PER_SEC);
	print_body(out, test, findings);
}

/* How many verdicts become this element. */
static size_t count_of(const struct report_totals *totals, const char *element)
{
	size_t count = 0;

	for (int kind = 0; kind < VERDICT_KINDS; kind++)
		if (rows[kind].element && !strcmp(rows[kind].element, element))
			count += totals->count[kind];
	return count;
}

static void print_properties(FILE *out, const struct report_fact *facts)
{
	if (!facts)
		return;
	fputs("<properties>\n", out);
	for (; facts; facts = facts->next) {
		fputs("  <property", out);
		print_attribute(out, "name", facts->name);
		print_attribute(out, "value", facts->value);
		fputs("/>\n", out);
	}
	fputs("</properties>\n", out);
}

/* The counts come first in the file, but are known last. */
static void head_junit(FILE *out, void *kept, const struct report_totals *totals)
{
	const struct report_fact *const *facts = kept;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", out);
	fprintf(out,
	        "<testsuite name=\"tcpclose\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\""
	        " skipped=\"%zu\" time=\"%.3f\">\n",
	        totals->tests, count_of(totals, "failure"), count_of(totals, "error"),
	        count_of(totals, "skipped"), (double)totals->wall / USEC_PER_SEC);
	print_properties(out, facts ? *facts : NULL);
}

static void end_junit(FILE *out, void *kept, const struct report_totals *totals)
{
	(void)totals;
	fputs("</testsuite>\n</testsuites>\n", out);
	free(kept);
}

const struct report_format report_junit = {
	.name = "junit",
	.ending = ".xml",
	.help = "JUnit XML, for continuous integration",
	.begin = begin_junit,
	.test = test_junit,
	.head = head_junit,
	.end = end_junit,
};
