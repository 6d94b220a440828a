/*
 * One page that needs nothing else: no other file and no network (its own policy forbids both). It
 * is written while the tests end, so that a run that is killed leaves a page with what was known by
 * then. Totals and filters are at the end of the file, and are shown first. Without JavaScript all
 * results are there, and the browser opens each of them; filters, order and coverage need the
 * script.
 */
#include "report/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/html_ladder.h"
#include "report/html_page.h"
#include "report/html_text.h"
#include "report/totals.h"

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

static void print_line(FILE *out, const struct report_test *test, const struct findings *findings)
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
	html_text(out, findings->summary, SIZE_MAX);
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

/* Prints what a function that writes plain text prints. */
static void print_plain(FILE *out, void (*print)(FILE *plain, const void *what), const void *what)
{
	char *text = NULL;
	size_t size;
	FILE *plain = open_memstream(&text, &size);

	if (!plain)
		return;
	print(plain, what);
	fclose(plain);
	fputs("<pre>", out);
	html_text(out, text, SIZE_MAX);
	fputs("</pre>", out);
	free(text);
}

struct excerpt {
	const struct sources *sources;
	struct range range;
};

static void print_excerpt(FILE *plain, const void *what)
{
	const struct excerpt *excerpt = what;

	sources_print_excerpt(excerpt->sources, excerpt->range, plain);
}

static void print_diag(FILE *plain, const void *what)
{
	diag_print(what, plain);
}

/*
 * Prints the place of the fault in the script, with its line; or everything that is wrong with the
 * script.
 */
static void print_position(FILE *out, const struct report_test *test,
                           const struct findings *findings)
{
	const struct excerpt excerpt = { test->sources, findings->range };

	if (test->errors) {
		begin_row(out, "errors");
		print_plain(out, print_diag, test->errors);
		fputs("</dd>\n", out);
	} else if (findings->located && test->verdict->kind != VERDICT_PASS) {
		begin_row(out, "where");
		fputs("<code>", out);
		html_text(out, findings->location.path, SIZE_MAX);
		fprintf(out, ":%u:%u</code>", findings->location.line, findings->location.column);
		print_plain(out, print_excerpt, &excerpt);
		fputs("</dd>\n", out);
	}
}

/* Fields that follow each other are one table. */
static void print_field(FILE *out, const struct findings *findings, size_t i)
{
	const struct finding *field = &findings->list[i];

	if (i == 0 || field[-1].kind != FINDING_FIELD) {
		begin_row(out, "differs in");
		fputs("<table><thead><tr><th scope=\"col\">field</th><th scope=\"col\">wanted</th>"
		      "<th scope=\"col\">seen</th></tr></thead><tbody>\n",
		      out);
	}
	fputs("<tr><th scope=\"row\">", out);
	html_text(out, field->label, SIZE_MAX);
	fputs("</th><td class=\"good\">", out);
	html_text(out, field->wanted, SIZE_MAX);
	fputs("</td><td class=\"bad\">", out);
	html_text(out, field->seen, SIZE_MAX);
	fputs("</td></tr>\n", out);
	if (i + 1 == findings->count || field[1].kind != FINDING_FIELD)
		fputs("</tbody></table></dd>\n", out);
}

static bool is_note(const struct directive *directive)
{
	return !strcmp(directive->name, "covers") || !strcmp(directive->name, "rfc") ||
	       !strcmp(directive->name, "tag") || !strcmp(directive->name, "verdict");
}

static void print_notes(FILE *out, const struct report_test *test)
{
	for (const struct directive *d = test->directives; d; d = d->next)
		if (is_note(d))
			print_row(out, d->name, d->text);
}

/*
 * In a reference, any character that is not a plain character of a path is written by its number
 * (RFC 3986, 2.1).
 */
static void print_reference(FILE *out, const char *path)
{
	for (; *path; path++)
		if (isalnum((unsigned char)*path) || strchr("-._~/", *path))
			fputc(*path, out);
		else
			fprintf(out, "%%%02X", (unsigned char)*path);
}

/*
 * Prints the path relative to a folder, so that both can be moved together. Both are absolute,
 * without "..".
 */
static void print_relative(FILE *out, const char *path, const char *folder)
{
	size_t same = 0, i = 0;

	for (; folder[i] && folder[i] == path[i]; i++)
		if (folder[i] == '/')
			same = i;
	/* The folder is above the file, or it is the root. */
	if (!folder[i] && (path[i] == '/' || i == 1))
		same = i == 1 ? 0 : i;
	for (const char *rest = folder + same; *rest; rest++)
		if (*rest == '/' && rest[1])
			fputs("../", out);
	print_reference(out, path + same + 1);
}

static void print_artifacts(FILE *out, const char *artifacts, const char *folder)
{
	begin_row(out, "kept in");
	fputs("<a href=\"", out);
	if (folder)
		print_relative(out, artifacts, folder);
	else
		print_reference(out, artifacts);
	fputs("/\"><code>", out);
	html_text(out, artifacts, SIZE_MAX);
	fputs("</code></a></dd>\n", out);
}

static void print_finding(FILE *out, const struct findings *findings, size_t i, const char *folder)
{
	const struct finding *finding = &findings->list[i];

	switch (finding->kind) {
	case FINDING_DETAIL:
	case FINDING_DEATH:
	case FINDING_PRINTED:
		begin_row(out, *finding->label                   ? finding->label
		               : finding->kind == FINDING_DETAIL ? "detail"
		                                                 : "end");
		fputs("<pre>", out);
		html_text(out, finding->text, SIZE_MAX);
		fputs("</pre></dd>\n", out);
		break;
	case FINDING_FIELD:
		print_field(out, findings, i);
		break;
	case FINDING_COUNTER:
		begin_row(out, "");
		fprintf(out, "%s: ", finding->label);
		html_text(out, finding->text, SIZE_MAX);
		fputs("</dd>\n", out);
		break;
	case FINDING_KEPT:
		print_artifacts(out, finding->text, folder);
		break;
	default:
		begin_row(out, finding->label);
		fputs("<code>", out);
		html_text(out, finding->text, SIZE_MAX);
		fputs("</code>", out);
		if (finding->note)
			fprintf(out, " <span class=\"faint\">%s</span>", finding->note);
		fputs("</dd>\n", out);
	}
}

/* "test:reset/x.pkt.ipv6": the same in each run, and without blanks, which an id may not have. */
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

/* The words of "covers" and "tag", for the script and its filters. */
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

static void test_html(FILE *out, void *kept, const struct report_test *test,
                      const struct findings *findings)
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
	print_line(out, test, findings);
	fputs("<div class=\"more\">\n<dl>\n", out);
	if (verdict->kind != VERDICT_PASS)
		print_row(out, "reason", findings->reason);
	print_position(out, test, findings);
	if (test->warnings) {
		begin_row(out, "warnings");
		print_plain(out, print_diag, test->warnings);
		fputs("</dd>\n", out);
	}
	for (size_t i = 0; i < findings->count; i++)
		print_finding(out, findings, i, kept);
	print_notes(out, test);
	fputs("</dl>\n", out);
	html_ladder(out, test, findings);
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
	fputs("<p id=\"none\" hidden>No test matches these filters.</p>\n</section>\n"
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
