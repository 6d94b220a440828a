/* For people: a line for each test, and the explanation of each failure as it happens. */
#include "report/formats.h"
#include "report/words.h"

enum { NAME_WIDTH = 44 };

static void *begin_text(FILE *out, const struct report_run *run)
{
	(void)out;
	(void)run;
	return NULL;
}

static bool needs_explanation(enum verdict_kind kind)
{
	switch (kind) {
	case VERDICT_PASS:
	case VERDICT_XFAIL:
	case VERDICT_XPASS:
	case VERDICT_SKIP:
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

/* Names may hold characters of several bytes, which printf would count as so many columns. */
static void print_name(FILE *out, const char *name)
{
	size_t columns = 0;

	words_print(out, name, SIZE_MAX);
	for (; *name; name++)
		columns += (*name & 0xc0) != 0x80;
	for (; columns < NAME_WIDTH; columns++)
		fputc(' ', out);
}

static void print_line(FILE *out, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;
	struct style style = style_of(out);

	fprintf(out, "%s%-5s%s ", style_begin(style, style_of_verdict(verdict->kind)),
	        verdict_name(verdict->kind), style_end(style));
	print_name(out, test->name);
	fprintf(out, " %6.2f s", (double)test->wall / USEC_PER_SEC);
	if (verdict->kind != VERDICT_PASS && *verdict->reason) {
		fputs("  ", out);
		words_print(out, verdict->reason, VERDICT_TEXT);
	}
	if (verdict->warnings)
		fprintf(out, "  (%u mismatch%s let pass)", verdict->warnings,
		        verdict->warnings == 1 ? "" : "es");
	fputc('\n', out);
}

static void test_text(FILE *out, void *kept, const struct report_test *test, size_t number)
{
	(void)kept, (void)number;
	if (!needs_explanation(test->verdict->kind)) {
		print_line(out, test);
		return;
	}
	report_explain(out, test);
	fputc('\n', out);
}

static void end_text(FILE *out, void *kept, const struct report_totals *totals)
{
	(void)kept;
	words_totals(out, totals);
}

const struct report_format report_text = {
	"text", ".txt", "a line for each test, failures explained", begin_text, test_text, end_text,
	NULL,
};
