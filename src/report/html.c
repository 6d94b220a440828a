/*
 * One page that needs nothing else: no file, no network (its own policy forbids it). It is written
 * as the tests end, so a run that is killed leaves a page with what was known by then; totals and
 * filters come last in the file and are shown first. Without scripts all results are still there,
 * each opened by the browser itself; filters, order and coverage are the script's.
 */
#include "report/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/html_ladder.h"
#include "report/html_page.h"
#include "report/html_text.h"
#include "report/ladder.h"
#include "report/totals.h"
#include "report/words.h"

/* ---- the head ---- */

static void print_fact(FILE *out, const char *name, const char *value)
{
	fputs("<div><dt>", out);
	html_text(out, name, SIZE_MAX);
	fputs("</dt><dd>", out);
	html_text(out, value, SIZE_MAX);
	fputs("</dd></div>\n", out);
}

static void print_facts(FILE *out, const struct report_fact *fact)
{
	if (!fact)
		return;
	fputs("<dl class=\"facts\">\n", out);
	for (; fact; fact = fact->next)
		print_fact(out, fact->name, fact->value);
	fputs("</dl>\n", out);
}

static void *begin_html(FILE *out, const struct report_run *run)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src "
	      "data:;"
	      " style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n"
	      "<link rel=\"icon\" href=\"data:,\">\n<title>tcpclose: results</title>\n",
	      out);
	html_style(out);
	fputs("</head>\n<body>\n<header>\n<h1>tcpclose <span class=\"faint\">results</span></h1>\n",
	      out);
	print_facts(out, report_facts(run));
	fputs("</header>\n<main>\n", out);
	fprintf(out,
	        "<section id=\"tests\" data-planned=\"%zu\" aria-label=\"Tests\">\n"
	        "<div class=\"row columns\" "
	        "aria-hidden=\"true\"><span>verdict</span><span>test</span>"
	        "<span>family</span><span "
	        "class=\"number\">seconds</span><span>reason</span></div>\n",
	        run->tests);
	return run->folder ? strdup(run->folder) : NULL;
}

/* ---- a test ---- */

/* In the line of the test: why it is not a PASS. */
static const char *reason_of(const struct report_test *test)
{
	if (test->verdict->kind == VERDICT_PASS)
		return "";
	return test->known && test->known->reason ? test->known->reason : test->verdict->reason;
}

static void print_line(FILE *out, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;
	const char *kind = verdict_name(verdict->kind);

	fprintf(out,
	        "<summary class=\"row\"><span class=\"badge %s\">%s</span><span class=\"name\">",
	        kind, kind);
	html_text(out, test->group, SIZE_MAX);
	fputs("</span><span class=\"family\">", out);
	html_text(out, test->member, SIZE_MAX);
	fprintf(out, "</span><span class=\"number\">%.2f</span><span class=\"reason\">",
	        (double)test->wall / USEC_PER_SEC);
	if (test->flaky)
		fputs("<b class=\"flaky\">flaky</b> ", out);
	html_text(out, reason_of(test), VERDICT_TEXT);
	fputs("</span></summary>\n", out);
}

static void begin_row(FILE *out, const char *name)
{
	fprintf(out, "<dt>%s</dt><dd>", name);
}

static void print_row(FILE *out, const char *name, const char *text)
{
	begin_row(out, name);
	fputs("<code>", out);
	html_text(out, text, SIZE_MAX);
	fputs("</code></dd>\n", out);
}

/* Where the fault is in the script, with the line itself. */
static void print_position(FILE *out, const struct report_test *test)
{
	struct location location;
	struct range range;
	char *excerpt = NULL;
	size_t size;
	FILE *buffer;

	if (test->verdict->kind == VERDICT_PASS || !findings_locate(test, &range, &location))
		return;
	begin_row(out, "where");
	fputs("<code>", out);
	html_text(out, location.path, SIZE_MAX);
	fprintf(out, ":%u:%u</code>", location.line, location.column);
	buffer = open_memstream(&excerpt, &size);
	if (buffer) {
		sources_print_excerpt(test->sources, range, buffer);
		fclose(buffer);
		fputs("<pre>", out);
		html_text(out, excerpt, SIZE_MAX);
		fputs("</pre>", out);
		free(excerpt);
	}
	fputs("</dd>\n", out);
}

static void print_wanted_and_seen(FILE *out, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;
	const struct event *fault = verdict_event(verdict);
	char text[WORDS];

	if (!verdict->evidence->has_want && !verdict->evidence->has_seen)
		return;
	print_row(out, "wanted",
	          verdict->evidence->has_want
	                  ? words_want(&verdict->evidence->want, test->sources, text)
	                  : "nothing");
	if (verdict->evidence->has_seen)
		print_row(out, "seen", words_segment(&verdict->evidence->seen, text));
	else {
		snprintf(text, sizeof(text), "nothing until %.4f s",
		         (double)(fault ? fault->at : verdict->evidence->at) / USEC_PER_SEC);
		print_row(out, "seen", text);
	}
	if (findings_parts(test, text))
		print_row(out, "made of", text);
	if (fault && fault->classified[0])
		print_row(out, "which is", fault->classified);
}

static void print_mismatches(FILE *out, const struct mismatches *all)
{
	size_t count = all->count < MISMATCHES_MAX ? all->count : MISMATCHES_MAX;

	if (!count)
		return;
	begin_row(out, "differs in");
	fputs("<table><thead><tr><th scope=\"col\">field</th><th scope=\"col\">wanted</th>"
	      "<th scope=\"col\">seen</th></tr></thead><tbody>\n",
	      out);
	for (size_t i = 0; i < count; i++) {
		const struct mismatch *mismatch = &all->list[i];

		fputs("<tr><th scope=\"row\">", out);
		html_text(out, mismatch->field ? mismatch->field : "", WORDS);
		fputs("</th><td class=\"good\">", out);
		html_text(out, mismatch->want, MISMATCH_TEXT);
		fputs("</td><td class=\"bad\">", out);
		html_text(out, mismatch->seen, MISMATCH_TEXT);
		fputs("</td></tr>\n", out);
	}
	fputs("</tbody></table></dd>\n", out);
}

static void print_harness(FILE *out, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;
	char text[WORDS];

	snprintf(text, sizeof(text), "%.3f s; up to %.3f ms late, %.3f ms in the median",
	         (double)verdict->evidence->duration / USEC_PER_SEC,
	         (double)verdict->evidence->late_max / USEC_PER_MSEC,
	         (double)verdict->evidence->late_median / USEC_PER_MSEC);
	if (verdict->evidence->duration)
		print_row(out, "ran", text);
	if (!verdict->evidence->warnings)
		return;
	snprintf(text, sizeof(text), "%u mismatch%s let pass", verdict->evidence->warnings,
	         verdict->evidence->warnings == 1 ? " was" : "es were");
	print_row(out, "warnings", text);
	for (unsigned i = 0; findings_let_pass(test, i, text); i++)
		print_row(out, "let pass", text);
}

static bool is_note(const struct directive *directive)
{
	return !strcmp(directive->name, "covers") || !strcmp(directive->name, "rfc") ||
	       !strcmp(directive->name, "tag") || !strcmp(directive->name, "verdict");
}

/* Of a reference: what is no plain character of a path goes by its number (RFC 3986, 2.1). */
static void print_reference(FILE *out, const char *path)
{
	for (; *path; path++)
		if (isalnum((unsigned char)*path) || strchr("-._~/", *path))
			fputc(*path, out);
		else
			fprintf(out, "%%%02X", (unsigned char)*path);
}

/* The path as seen from a folder, both absolute and plain, so that both can be moved together. */
static void print_relative(FILE *out, const char *path, const char *folder)
{
	size_t same = 0, i = 0;

	for (; folder[i] && folder[i] == path[i]; i++)
		if (folder[i] == '/')
			same = i;
	/* The folder is above, or it is the root. */
	if (!folder[i] && (path[i] == '/' || i == 1))
		same = i == 1 ? 0 : i;
	for (const char *rest = folder + same; *rest; rest++)
		if (*rest == '/' && rest[1])
			fputs("../", out);
	print_reference(out, path + same + 1);
}

static void print_artifacts(FILE *out, const char *artifacts, const char *folder)
{
	begin_row(out, "artifacts");
	fputs("<a href=\"", out);
	if (folder)
		print_relative(out, artifacts, folder);
	else
		print_reference(out, artifacts);
	fputs("/\"><code>", out);
	html_text(out, artifacts, SIZE_MAX);
	fputs("</code></a></dd>\n", out);
}

/* What the suite knows of the test beyond its verdict. */
static void print_history(FILE *out, const struct report_test *test, const char *folder)
{
	char text[WORDS];

	if (test->known) {
		print_row(out, "known bug", test->known->reason ? test->known->reason : "");
		if (test->known->link)
			print_row(out, "see", test->known->link);
	}
	if (test->tries > 1) {
		snprintf(text, sizeof(text), "%u%s%.400s", test->tries,
		         test->before ? "; before: " : "", test->before ? test->before : "");
		print_row(out, "tries", text);
	}
	if (test->artifacts)
		print_artifacts(out, test->artifacts, folder);
}

static void print_notes(FILE *out, const struct report_test *test)
{
	for (const struct directive *d = test->directives; d; d = d->next)
		if (is_note(d))
			print_row(out, d->name, d->text);
}

/* A child that died may have left any of this half done, so it is not told. */
static void print_findings(FILE *out, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;
	char text[WORDS];

	if (verdict->detail[0]) {
		begin_row(out, "detail");
		fputs("<pre>", out);
		html_text(out, verdict->detail, VERDICT_TEXT);
		fputs("</pre></dd>\n", out);
	}
	print_wanted_and_seen(out, test);
	print_mismatches(out, &verdict->evidence->mismatches);
	if (verdict->evidence->has_state)
		print_row(out, "state", words_state(&verdict->evidence->state, text));
	if (verdict->evidence->moved[0])
		print_row(out, "counters", verdict->evidence->moved);
	print_harness(out, test);
}

/* "test:reset/x.pkt.ipv6": the same in each run, and without blanks, as an id has to be. */
static void print_id(FILE *out, const struct report_test *test)
{
	fputs("test:", out);
	for (const char *name = test->name; *name;) {
		size_t length = strcspn(name, " \t\n\f\r");

		html_text(out, name, length);
		name += length;
		if (*name) {
			fputc('.', out);
			name++;
		}
	}
}

/* "covers" and "tag" for the script and its filters. */
static void print_ids(FILE *out, const struct report_test *test, const char *name)
{
	bool first = true;

	for (const struct directive *d = test->directives; d; d = d->next) {
		if (strcmp(d->name, name))
			continue;
		if (first)
			fprintf(out, " data-%s=\"", name);
		else
			fputc(' ', out);
		html_text(out, d->text, SIZE_MAX);
		first = false;
	}
	if (!first)
		fputc('"', out);
}

static void test_html(FILE *out, void *kept, const struct report_test *test)
{
	const struct verdict *verdict = test->verdict;

	fputs("<details class=\"test\" id=\"", out);
	print_id(out, test);
	fprintf(out, "\" data-verdict=\"%s\" data-family=\"", verdict_name(verdict->kind));
	html_text(out, test->family, SIZE_MAX);
	fprintf(out, "\" data-wall=\"%.3f\"", (double)test->wall / USEC_PER_SEC);
	print_ids(out, test, "covers");
	print_ids(out, test, "tag");
	fputs(">\n", out);
	print_line(out, test);
	fputs("<div class=\"more\">\n<dl>\n", out);
	if (verdict->kind != VERDICT_PASS && *verdict->reason)
		print_row(out, "reason", verdict->reason);
	print_position(out, test);
	if (verdict->kind != VERDICT_NONE)
		print_findings(out, test);
	print_history(out, test, kept);
	print_notes(out, test);
	if (test->rerun)
		print_row(out, "again", test->rerun);
	fputs("</dl>\n", out);
	html_ladder(out, test);
	fputs("</div>\n</details>\n", out);
}

/* ---- the end ---- */

static void print_verdicts(FILE *out, const struct report_totals *totals)
{
	fputs("<div class=\"verdicts\" role=\"group\" aria-label=\"Show these verdicts\">\n", out);
	for (int kind = 0; kind < VERDICT_KINDS; kind++) {
		const char *name = verdict_name((enum verdict_kind)kind);

		if (totals->count[kind])
			fprintf(out,
			        "<span class=\"badge %s\"><input type=\"checkbox\" "
			        "name=\"verdict\" value=\"%s\" aria-label=\"%s\" checked>"
			        " <a href=\"#verdict=%s\">%zu %s</a></span>\n",
			        name, name, name, name, totals->count[kind], name);
	}
	fputs("</div>\n", out);
}

static void end_html(FILE *out, void *kept, const struct report_totals *totals)
{
	free(kept);
	fputs("<p id=\"none\" hidden>No test is of that kind.</p>\n</section>\n"
	      "<section id=\"summary\" aria-label=\"Totals and filters\">\n<p id=\"totals\">",
	      out);
	totals_print(out, totals);
	fputs("</p>\n<form id=\"filters\" class=\"needs-script\">\n", out);
	print_verdicts(out, totals);
	fputs("<label>family <select name=\"family\"><option "
	      "value=\"\">all</option></select></label>\n"
	      "<label>order <select name=\"order\"><option value=\"\">worst first</option><option "
	      "value=\"name\">by "
	      "name</option>"
	      "<option value=\"wall\">slowest first</option></select></label>\n"
	      "<label class=\"wide\">text <input type=\"search\" name=\"text\" autocomplete=\"off\""
	      " placeholder=\"words of a path, a reason, an id\"></label>\n"
	      "<button type=\"button\" name=\"open\">open all</button>\n"
	      "<button type=\"button\" name=\"shut\">close all</button>\n"
	      "<button type=\"button\" name=\"theme\">dark or light</button>\n"
	      "<output name=\"shown\" aria-live=\"polite\"></output>\n</form>\n"
	      "<details id=\"coverage\" class=\"needs-script\" "
	      "hidden>\n<summary>coverage</summary>\n"
	      "<div></div>\n</details>\n</section>\n</main>\n",
	      out);
	html_script(out);
	fputs("</body>\n</html>\n", out);
}

const struct report_format report_html = {
	.name = "html",
	.ending = ".html",
	.help = "a page with a picture of each test",
	.worst_first = true,
	.begin = begin_html,
	.test = test_html,
	.end = end_html,
};
