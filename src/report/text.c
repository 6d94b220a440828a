/*
 * The report for people. Each test gets a line when it ends (on a terminal, only those that did not
 * just pass, and below them a line that tells how far the run is). Then come the explanations of
 * the failures, on which machine this was, and the totals. When there is only one test, it is
 * explained at once.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "report/explain.h"
#include "report/findings.h"
#include "report/style.h"
#include "report/totals.h"
#include "report/utf8.h"
#include "report/words.h"

enum { NAME_WIDTH = 44 };

/* Printed when all tests are over. */
struct explanation {
	char *text; /* NULL: there is none */
	/* The same text for two tests of a group means that one explanation is enough. */
	char *alike;
	char *member; /* the member of the group: "ipv6" */
	size_t group;
};

struct text {
	const struct report_fact *facts;
	bool terminal;
	bool each; /* print a line for each test */
	bool single;
	bool shown;   /* the line with the progress is on the terminal */
	bool trouble; /* something did not pass */
	usec_t drawn; /* when that line was drawn */
	/* The index is the number of the test, from 0; NULL: it is printed at once. */
	struct explanation *explanations;
	size_t count;
};

static void *begin_text(FILE *out, const struct report_run *run)
{
	struct text *text = calloc(1, sizeof(*text));
	int fd = fileno(out);

	if (!text)
		return NULL;
	/* Somebody who plays one script knows on which machine. */
	text->facts = run->groups > 1 ? report_facts(run) : NULL;
	text->terminal = fd >= 0 && isatty(fd) && !run->verbose;
	text->single = run->tests == 1;
	text->each = !text->terminal || text->single;
	text->count = run->tests;
	if (!text->single)
		text->explanations = calloc(run->tests + 1, sizeof(*text->explanations));
	return text;
}

/* ---- progress ---- */

static void erase_progress(FILE *out, struct text *text)
{
	if (text && text->shown)
		fputs("\r\033[K", out);
	if (text)
		text->shown = false;
}

static size_t width_of(FILE *out)
{
	struct winsize size;

	return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u
	                                                                     : 79;
}

static void progress_text(FILE *out, void *kept, const struct report_progress *progress)
{
	const struct report_totals *totals = progress->totals;
	struct text *text = kept;
	size_t bad = totals->count[VERDICT_FAIL] + totals->count[VERDICT_XPASS] +
	             totals->count[VERDICT_ERROR] + totals->count[VERDICT_NONE];
	char line[WORDS], name[64] = "", failures[64] = "";
	size_t length;

	if (!text || !text->terminal || text->single ||
	    (text->drawn && progress->elapsed - text->drawn < 100 * USEC_PER_MSEC))
		return;
	text->drawn = progress->elapsed;
	if (bad)
		snprintf(failures, sizeof(failures), ", %zu failed", bad);
	/* The end of a name tells it from the others. */
	if (progress->oldest && progress->oldest_for > 2 * USEC_PER_SEC) {
		length = strlen(progress->oldest);
		snprintf(name, sizeof(name), ", %.40s for %d s",
		         progress->oldest + (length > 40 ? length - 40 : 0),
		         (int)(progress->oldest_for / USEC_PER_SEC));
	}
	snprintf(line, sizeof(line), "%d:%02d  %zu of %zu, %zu running%s%s",
	         (int)(progress->elapsed / USEC_PER_SEC / 60),
	         (int)(progress->elapsed / USEC_PER_SEC % 60), totals->tests, progress->planned,
	         progress->running, failures, name);
	erase_progress(out, text);
	utf8_print(out, line, width_of(out));
	fflush(out);
	text->shown = true;
}

/* ---- a test ---- */

static bool needs_explanation(const struct report_test *test)
{
	switch (test->verdict->kind) {
	case VERDICT_PASS:
	case VERDICT_XFAIL:
	case VERDICT_XPASS:
	case VERDICT_SKIP:
	case VERDICT_CHECKED:
		return false;
	case VERDICT_NONE:
	case VERDICT_FAIL:
	case VERDICT_INVALID:
	case VERDICT_ERROR:
	case VERDICT_KINDS:
		break;
	}
	return true;
}

/* Verdicts that many tests can have are counted, but not listed. */
static bool is_quiet(const struct report_test *test)
{
	return (test->verdict->kind == VERDICT_PASS && !test->flaky &&
	        !test->verdict->evidence->let_pass_count) ||
	       test->verdict->kind == VERDICT_CHECKED;
}

/* A name may have characters of several bytes, which printf would count as several columns. */
static void print_name(FILE *out, const char *name)
{
	size_t columns = 0;

	utf8_print(out, name, SIZE_MAX);
	for (; *name; name++)
		columns += (*name & 0xc0) != 0x80;
	for (; columns < NAME_WIDTH; columns++)
		fputc(' ', out);
}

static void print_line(FILE *out, const struct report_test *test, const struct findings *findings)
{
	const struct verdict *verdict = test->verdict;
	unsigned let_pass = verdict->evidence->let_pass_count;
	struct style style = style_of(out);
	enum style_colour colour = test->flaky ? COLOUR_ODD : style_of_verdict(verdict->kind);

	fprintf(out, "%s%-5s%s ", style_begin(style, colour),
	        test->flaky ? "FLAKY" : verdict_name(verdict->kind), style_end(style));
	print_name(out, test->name);
	fprintf(out, " %6.2f s", (double)test->wall / USEC_PER_SEC);
	if (*findings->summary) {
		fputs("  ", out);
		utf8_print(out, findings->summary, SIZE_MAX);
	}
	if (let_pass)
		fprintf(out, "  (%u mismatch%s let pass)", let_pass, let_pass == 1 ? "" : "es");
	fputc('\n', out);
	/* Of others they stand in the explanation. */
	if (!needs_explanation(test))
		explain_let_pass(out, style, findings);
}

/*
 * What is the same when a script fails in the same way in several families. Lengths of headers are
 * left out.
 */
static char *likeness(const struct report_test *test, const struct findings *findings)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	fprintf(out, "%d %u %s", (int)test->verdict->kind, findings->range.begin, findings->reason);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->kind == FINDING_DETAIL || finding->kind == FINDING_WANTED)
			fprintf(out, "\n%s", finding->text);
		if (finding->kind == FINDING_FIELD)
			fprintf(out, "\n%s %s %s", finding->label, finding->wanted, finding->seen);
	}
	fclose(out);
	return text;
}

static void explain_later(FILE *out, struct text *text, const struct report_test *test,
                          const struct findings *findings)
{
	struct explanation *explanation = &text->explanations[test->number - 1];
	size_t size;
	FILE *later = open_memstream(&explanation->text, &size);

	if (!later)
		return;
	explain(later, style_of(out), test, findings);
	fclose(later);
	explanation->alike = likeness(test, findings);
	explanation->member = strdup(test->member);
	explanation->group = test->group_number;
}

static void test_text(FILE *out, void *kept, const struct report_test *test,
                      const struct findings *findings)
{
	struct text *text = kept;
	bool explained = needs_explanation(test);

	erase_progress(out, text);
	if (text)
		text->trouble |= explained;
	if (explained && (!text || !text->explanations)) {
		explain(out, style_of(out), test, findings);
		fputc('\n', out);
		return;
	}
	if (explained || !text || text->each || !is_quiet(test))
		print_line(out, test, findings);
	/* A test that the user has stopped needs no explanation. */
	if (explained && !test->stopped)
		explain_later(out, text, test, findings);
}

/* ---- the end ---- */

static bool are_alike(const struct explanation *a, const struct explanation *b)
{
	return b->text && a->group == b->group && a->alike && b->alike &&
	       !strcmp(a->alike, b->alike);
}

static void forget(struct explanation *explanation)
{
	free(explanation->text);
	free(explanation->alike);
	free(explanation->member);
	explanation->text = NULL;
}

/* The tests of a group follow each other. */
static void print_explanation(FILE *out, struct text *text, size_t first)
{
	struct explanation *explanation = &text->explanations[first];
	const char *before = "  the same in ";

	fputs(explanation->text, out);
	for (size_t i = first + 1; i < text->count; i++) {
		struct explanation *other = &text->explanations[i];

		if (!are_alike(explanation, other))
			continue;
		fputs(before, out);
		utf8_print(out, other->member, SIZE_MAX);
		before = ", ";
		forget(other);
	}
	fputs(*before == ',' ? "\n\n" : "\n", out);
	forget(explanation);
}

static void print_explanations(FILE *out, struct text *text)
{
	bool any = false;

	for (size_t i = 0; text->explanations && i < text->count; i++) {
		if (!text->explanations[i].text)
			continue;
		if (!any)
			fputc('\n', out);
		any = true;
		print_explanation(out, text, i);
	}
	free(text->explanations);
}

/* When a single test has passed, there is nothing to explain. */
static void print_facts(FILE *out, const struct text *text)
{
	if (text->single && !text->trouble)
		return;
	for (const struct report_fact *fact = text->facts; fact; fact = fact->next) {
		fprintf(out, "%-9s ", fact->name);
		utf8_print(out, fact->value, SIZE_MAX);
		fputc('\n', out);
	}
}

static void end_text(FILE *out, void *kept, const struct report_totals *totals)
{
	struct text *text = kept;

	erase_progress(out, text);
	if (text) {
		print_explanations(out, text);
		print_facts(out, text);
	}
	totals_print(out, totals);
	free(text);
}

const struct report_format report_text = {
	.name = "text",
	.ending = ".txt",
	.help = "a line for each test, failures explained",
	.begin = begin_text,
	.test = test_text,
	.end = end_text,
	.progress = progress_text,
};
