/*
 * The explanation goes from the general to the particular: where and what in one line that editors
 * can jump to, the script's line, wanted against seen, what the segment is, the kernel's state, how
 * it came to this, and how to see it again.
 */
#include "report/explain.h"

#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/ladder.h"
#include "report/report.h"
#include "report/style.h"
#include "report/utf8.h"
#include "report/words.h"

enum { LADDER_EVENTS = 12, LATE_TO_SHOW = 100 }; /* microseconds */

/* What the parts of an explanation share. */
struct page {
	FILE *out;
	struct style style;
	const struct report_test *test;
	const struct verdict *verdict;
	const struct event *fault; /* the event that the verdict is about, or NULL */
};

static void print_label(const struct page *page, const char *label)
{
	fprintf(page->out, "  %s%-8s%s  ", style_begin(page->style, COLOUR_STRONG), label,
	        style_end(page->style));
}

/* A child that died left no reason; what the parent knows is told below the ladder. */
static void print_head(const struct page *page)
{
	const struct verdict *verdict = page->verdict;
	struct location location;
	struct range range;
	char remark[WORDS];
	bool located = findings_locate(page->test, &range, &location);
	bool died = verdict->kind == VERDICT_NONE;

	utf8_print(page->out, located ? location.path : page->test->path, WORDS);
	if (located)
		fprintf(page->out, ":%u:%u", location.line, location.column);
	fprintf(page->out,
	        ": %s%s%s (%s): ", style_begin(page->style, style_of_verdict(verdict->kind)),
	        verdict_name(verdict->kind), style_end(page->style), page->test->family);
	if (died)
		fputs("the test process ended without a verdict", page->out);
	else if (verdict->kind == VERDICT_XPASS)
		utf8_print(page->out, findings_remark(page->test, remark), WORDS);
	else if (!*verdict->reason)
		fputs("no reason is given", page->out);
	else
		utf8_print(page->out, verdict->reason, VERDICT_TEXT);
	fputc('\n', page->out);
	if (located)
		sources_print_excerpt(page->test->sources, range, page->out);
}

static void print_indented(const struct page *page, const char *text, size_t size)
{
	size_t left = strnlen(text, size), length;

	for (; left; text += length, left -= length) {
		const char *end = memchr(text, '\n', left);

		length = end ? (size_t)(end - text) : left;
		fputs("  ", page->out);
		utf8_print(page->out, text, length);
		fputc('\n', page->out);
		length += end ? 1 : 0;
	}
}

static void print_wanted(const struct page *page)
{
	const struct verdict *verdict = page->verdict;
	char text[WORDS];

	if (!verdict->evidence->has_want && !verdict->evidence->has_seen)
		return;
	print_label(page, "wanted");
	if (verdict->evidence->has_want)
		utf8_print(page->out,
		           words_want(&verdict->evidence->want, page->test->sources, text), WORDS);
	else
		fputs("nothing", page->out);
	fputc('\n', page->out);
}

static void print_seen(const struct page *page)
{
	const struct verdict *verdict = page->verdict;

	usec_t at = page->fault ? page->fault->at : verdict->evidence->at;
	char text[WORDS];

	if (!verdict->evidence->has_want && !verdict->evidence->has_seen)
		return;
	print_label(page, "seen");
	if (!verdict->evidence->has_seen) {
		fprintf(page->out, "nothing until %.4f s\n", (double)at / USEC_PER_SEC);
		return;
	}
	utf8_print(page->out, words_segment(&verdict->evidence->seen, text), WORDS);
	fprintf(page->out, "    at %.4f s", (double)at / USEC_PER_SEC);
	if (page->fault && labs((long)page->fault->late) >= LATE_TO_SHOW)
		fprintf(page->out, " (%+.4f)", (double)page->fault->late / USEC_PER_SEC);
	fputc('\n', page->out);
	if (!findings_parts(page->test, text))
		return;
	fputs("            ", page->out);
	utf8_print(page->out, text, WORDS);
	fputc('\n', page->out);
}

static void print_mismatches(const struct page *page)
{
	const struct mismatches *all = &page->verdict->evidence->mismatches;
	size_t count = all->count < MISMATCHES_MAX ? all->count : MISMATCHES_MAX;
	int width = 0;

	for (size_t i = 0; i < count; i++)
		if (all->list[i].field && (int)strlen(all->list[i].field) > width)
			width = (int)strlen(all->list[i].field);
	for (size_t i = 0; i < count; i++) {
		const struct mismatch *mismatch = &all->list[i];

		fprintf(page->out, "            %-*s  wanted ", width,
		        mismatch->field ? mismatch->field : "");
		utf8_print(page->out, mismatch->want, MISMATCH_TEXT);
		fputs(", seen ", page->out);
		utf8_print(page->out, mismatch->seen, MISMATCH_TEXT);
		fputc('\n', page->out);
	}
}

static void print_class(const struct page *page)
{
	const char *text = page->fault ? page->fault->classified : "";

	if (!*text || !page->verdict->evidence->has_seen)
		return;
	print_label(page, "which is");
	fputs(strchr("AEIOUaeiou", *text) ? "an " : "a ", page->out);
	utf8_print(page->out, text, CLASSIFIED_TEXT);
	fputc('\n', page->out);
}

static void print_state(const struct page *page)
{
	/* Where the lack of one tells something: an orphan. */
	static const unsigned may_have_descriptor =
		1u << STATE_ESTABLISHED | 1u << STATE_FIN_WAIT_1 | 1u << STATE_FIN_WAIT_2 |
		1u << STATE_CLOSE_WAIT | 1u << STATE_LAST_ACK | 1u << STATE_CLOSING;
	const struct tcp_status *state = &page->verdict->evidence->state;
	char text[WORDS];

	if (!page->verdict->evidence->has_state)
		return;
	print_label(page, "state");
	utf8_print(page->out, words_state(state, text), WORDS);
	if (!state->inode && (may_have_descriptor & 1u << state->state))
		fputs(", no descriptor", page->out);
	fputc('\n', page->out);
}

static void print_moved(const struct page *page)
{
	if (!page->verdict->evidence->moved[0])
		return;
	print_label(page, "counters");
	utf8_print(page->out, page->verdict->evidence->moved, VERDICT_TEXT);
	fputc('\n', page->out);
}

static void print_harness(const struct page *page)
{
	char text[WORDS];
	const struct verdict *verdict = page->verdict;

	if (verdict->kind == VERDICT_INVALID || verdict->evidence->late_max > USEC_PER_MSEC) {
		print_label(page, "harness");
		fprintf(page->out, "up to %.1f ms late, %.1f ms in the median\n",
		        (double)verdict->evidence->late_max / USEC_PER_MSEC,
		        (double)verdict->evidence->late_median / USEC_PER_MSEC);
	}
	if (verdict->evidence->warnings) {
		print_label(page, "warnings");
		fprintf(page->out, "%u mismatch%s let pass before\n", verdict->evidence->warnings,
		        verdict->evidence->warnings == 1 ? " was" : "es were");
		for (unsigned i = 0; findings_let_pass(page->test, i, text); i++) {
			fputs("            ", page->out);
			utf8_print(page->out, text, WORDS);
			fputc('\n', page->out);
		}
	}
}

static void print_events(const struct page *page)
{
	const struct verdict *verdict = page->verdict;
	char want[WORDS];
	struct ladder ladder = {
		.trace = &verdict->evidence->trace,
		.sources = page->test->sources,
		.most = LADDER_EVENTS,
		.fault = page->fault,
		.missing_at = verdict->evidence->at,
	};

	if (verdict->kind != VERDICT_NONE && verdict->evidence->has_want &&
	    !verdict->evidence->has_seen)
		ladder.missing = words_want(&verdict->evidence->want, page->test->sources, want);
	if (!trace_kept(&verdict->evidence->trace) && !ladder.missing)
		return;
	fprintf(page->out, "  %sevents%s\n", style_begin(page->style, COLOUR_STRONG),
	        style_end(page->style));
	ladder_print(page->out, page->style, &ladder);
}

static void print_death(const struct page *page)
{
	fputs("  ", page->out);
	if (*page->verdict->reason)
		utf8_print(page->out, page->verdict->reason, VERDICT_TEXT);
	else
		fputs("how it ended is not known", page->out);
	fputc('\n', page->out);
}

/* That it is known, that it was tried before, and what is kept of it. */
static void print_circumstances(const struct page *page)
{
	const struct report_test *test = page->test;

	if (test->known) {
		print_label(page, "known");
		utf8_print(page->out, test->known->reason, SIZE_MAX);
		if (test->known->link) {
			fputs(", ", page->out);
			utf8_print(page->out, test->known->link, SIZE_MAX);
		}
		fputc('\n', page->out);
	}
	if (test->tries > 1) {
		print_label(page, "tries");
		fprintf(page->out, "%u", test->tries);
		if (test->before) {
			fputs(", the one before was ", page->out);
			utf8_print(page->out, test->before, SIZE_MAX);
		}
		fputc('\n', page->out);
	}
	if (test->artifacts) {
		print_label(page, "kept in");
		utf8_print(page->out, test->artifacts, SIZE_MAX);
		fputc('\n', page->out);
	}
}

static void print_rerun(const struct page *page)
{
	print_circumstances(page);
	if (!page->test->rerun)
		return;
	print_label(page, "again");
	utf8_print(page->out, page->test->rerun, SIZE_MAX);
	fputc('\n', page->out);
}

void explain(FILE *out, struct style style, const struct report_test *test)
{
	struct page page = {
		.out = out,
		.style = style,
		.test = test,
		.verdict = test->verdict,
		.fault = verdict_event(test->verdict),
	};

	print_head(&page);
	if (test->verdict->kind == VERDICT_NONE) {
		/* What else the child wrote may be half done. */
		print_events(&page);
		print_death(&page);
		print_rerun(&page);
		return;
	}
	print_indented(&page, test->verdict->detail, VERDICT_TEXT);
	print_wanted(&page);
	print_seen(&page);
	print_mismatches(&page);
	print_class(&page);
	print_state(&page);
	print_moved(&page);
	print_harness(&page);
	if (test->verdict->kind != VERDICT_SKIP)
		print_events(&page);
	print_rerun(&page);
}

void report_explain(FILE *out, const struct report_test *test)
{
	explain(out, style_of(out), test);
}

char *report_explanation(const struct report_test *test)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	report_explain(out, test);
	fclose(out);
	return text;
}
