/*
 * The explanation goes from general to particular: first what is wrong and where, in a line to
 * which editors can jump; then the line of the script, what was wanted and seen, what the segment
 * is, the state of the kernel, the events before, and how to play the test again.
 */
#include "report/explain.h"

#include <string.h>

#include "report/findings.h"
#include "report/ladder.h"
#include "report/utf8.h"

enum { LADDER_EVENTS = 12 };

/* What the parts of an explanation share. */
struct page {
	FILE *out;
	struct style style;
	const struct report_test *test;
	const struct findings *findings;
};

/* Errors in the script come first, each with its place. */
static void print_head(const struct page *page)
{
	const struct findings *findings = page->findings;
	enum verdict_kind kind = page->test->verdict->kind;
	bool located = findings->located && !page->test->errors;

	if (page->test->errors)
		diag_print(page->test->errors, page->out);
	utf8_print(page->out, located ? findings->location.path : page->test->path, SIZE_MAX);
	if (located)
		fprintf(page->out, ":%u:%u", findings->location.line, findings->location.column);
	fprintf(page->out, ": %s%s%s (%s): ", style_begin(page->style, style_of_verdict(kind)),
	        verdict_name(kind), style_end(page->style), page->test->family);
	utf8_print(page->out, findings->reason, SIZE_MAX);
	fputc('\n', page->out);
	if (located)
		sources_print_excerpt(page->test->sources, findings->range, page->out);
}

static void print_indented(const struct page *page, const char *text)
{
	for (size_t length; *text; text += length) {
		length = strcspn(text, "\n");
		fputs("  ", page->out);
		utf8_print(page->out, text, length);
		fputc('\n', page->out);
		length += text[length] != '\0';
	}
}

static void print_label(const struct page *page, const char *label)
{
	fprintf(page->out, "  %s%-8s%s  ", style_begin(page->style, COLOUR_STRONG), label,
	        style_end(page->style));
}

/* The names of the fields are padded to the widest one. */
static void print_field(const struct page *page, const struct finding *field)
{
	int width = 0;

	for (size_t i = 0; i < page->findings->count; i++) {
		const struct finding *finding = &page->findings->list[i];

		if (finding->kind == FINDING_FIELD && (int)strlen(finding->label) > width)
			width = (int)strlen(finding->label);
	}
	fprintf(page->out, "            %-*s  wanted ", width, field->label);
	utf8_print(page->out, field->wanted, SIZE_MAX);
	fputs(", seen ", page->out);
	utf8_print(page->out, field->seen, SIZE_MAX);
	fputc('\n', page->out);
}

/* The lines are aligned below each other. */
static void print_lines(const struct page *page, const struct finding *finding)
{
	const char *text = finding->text;

	print_label(page, finding->label);
	for (size_t length; *text; text += length) {
		length = strcspn(text, "\n");
		if (text != finding->text)
			fprintf(page->out, "            ");
		utf8_print(page->out, text, length);
		fputc('\n', page->out);
		length += text[length] != '\0';
	}
}

static void print_finding(const struct page *page, const struct finding *finding)
{
	switch (finding->kind) {
	case FINDING_DETAIL:
	case FINDING_DEATH:
		print_indented(page, finding->text);
		return;
	case FINDING_FIELD:
		print_field(page, finding);
		return;
	case FINDING_COUNTER:
		fprintf(page->out, "            %s: %s\n", finding->label, finding->text);
		return;
	case FINDING_PARTS:
	case FINDING_LET_PASS:
		/* It belongs to the finding above. */
		fputs("            ", page->out);
		utf8_print(page->out, finding->text, SIZE_MAX);
		fputc('\n', page->out);
		return;
	case FINDING_FIX:
		if (strchr(finding->text, '\n')) {
			print_lines(page, finding);
			return;
		}
		print_label(page, finding->label);
		utf8_print(page->out, finding->text, SIZE_MAX);
		fprintf(page->out, finding->note ? "    (%s)\n" : "\n", finding->note);
		return;
	case FINDING_PRINTED:
		print_lines(page, finding);
		return;
	default:
		print_label(page, finding->label);
		utf8_print(page->out, finding->text, SIZE_MAX);
		if (finding->note)
			fprintf(page->out, "    %s", finding->note);
		fputc('\n', page->out);
	}
}

static void print_events(const struct page *page)
{
	const struct findings *findings = page->findings;
	const struct ladder ladder = {
		.trace = &page->test->verdict->evidence->trace,
		.sources = page->test->sources,
		.most = LADDER_EVENTS,
		.fault = findings->about,
		.missing = findings->missing,
		.missing_at = findings->missing_at,
	};

	if (!findings->events)
		return;
	fprintf(page->out, "  %sevents%s\n", style_begin(page->style, COLOUR_STRONG),
	        style_end(page->style));
	ladder_print(page->out, page->style, &ladder);
}

void explain(FILE *out, struct style style, const struct report_test *test,
             const struct findings *findings)
{
	const struct page page = { out, style, test, findings };
	size_t i = 0;

	print_head(&page);
	for (; i < findings->count && findings->list[i].kind < FINDING_DEATH; i++)
		print_finding(&page, &findings->list[i]);
	print_events(&page);
	for (; i < findings->count; i++)
		print_finding(&page, &findings->list[i]);
}

void explain_let_pass(FILE *out, struct style style, const struct findings *findings)
{
	const struct page page = { out, style, NULL, findings };

	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].kind == FINDING_LET_PASS_COUNT ||
		    findings->list[i].kind == FINDING_LET_PASS)
			print_finding(&page, &findings->list[i]);
}

static void print_warnings(FILE *out, const struct report_test *test)
{
	if (test->warnings)
		diag_print(test->warnings, out);
}

void report_explain(FILE *out, const struct report_test *test)
{
	struct findings *findings = findings_new(test);

	print_warnings(out, test);
	explain(out, style_of(out), test, findings);
	findings_free(findings);
}

char *report_explanation(const struct report_test *test, const struct findings *findings)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	explain(out, style_of(out), test, findings);
	fclose(out);
	return text;
}

char *report_aside(const struct report_test *test, const struct findings *findings, bool explained)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	print_warnings(out, test);
	if (!explained)
		explain_let_pass(out, style_of(out), findings);
	fclose(out);
	return text;
}
