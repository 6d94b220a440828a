#include "report/coverage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/asserts.h"
#include "report/claims_row.h"
#include "report/findings.h"
#include "report/edges.h"
#include "report/machines.h"
#include "report/shown.h"

struct covering { /* a script, with the verdicts of its tests */
	const char *path;
	size_t count[VERDICT_KINDS];
	size_t last;    /* the number of the test that was counted last */
	unsigned kinds; /* of what they assert, a set of 1 << enum assert_kind */
	struct edges edges;
	struct covering *next;
};

struct document { /* | D3 | title | */
	const char *name, *title;
	struct document *next;
};

struct covered {
	const char *id;
	const char *claim;            /* what the document says, or NULL */
	const char *not_shown;        /* why no script can show that, or NULL */
	const struct document *under; /* the document above it in the file, or NULL */
	/* The verdict on the claim, and the script that gives it; or NULL. */
	const char *verdict, *judge;
	bool listed;              /* a document lists it */
	struct covering *scripts; /* in the order of their paths */
	struct shown shown;       /* the states and the kinds of assertions */
	struct outcome outcome;   /* with judgements */
	struct machines machines; /* that have shown it */
	struct covered *next;     /* with the same hash */
};

enum { BUCKETS = 1024 };

struct coverage {
	struct arena *arena;
	const struct judgements *judgements; /* or NULL */
	struct document *documents;          /* in the order of the file */
	bool asks;                           /* a document says what is to be asserted */
	bool listed;                         /* a document was read */
	const char *system;                  /* "Linux 6.12.1" */
	struct covered *buckets[BUCKETS];
	size_t count;
};

struct coverage *coverage_new(struct arena *arena)
{
	struct coverage *coverage = arena_alloc(arena, sizeof(*coverage));

	coverage->arena = arena;
	coverage->system = report_system(NULL, arena);
	return coverage;
}

void coverage_system(struct coverage *coverage, const struct report_fact *facts)
{
	coverage->system = report_system(facts, coverage->arena);
}

static struct covered *find(struct coverage *coverage, const char *id, size_t length)
{
	struct covered **at, *covered;
	unsigned hash = 0;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)id[i];
	at = &coverage->buckets[hash % BUCKETS];
	for (covered = *at; covered; covered = covered->next)
		if (!strncmp(covered->id, id, length) && !covered->id[length])
			return covered;
	covered = arena_alloc(coverage->arena, sizeof(*covered));
	covered->id = arena_strndup(coverage->arena, id, length);
	covered->next = *at;
	*at = covered;
	coverage->count++;
	return covered;
}

/* ---- what there is to cover ---- */

static const struct document *find_document(struct coverage *coverage, const char *name,
                                            const char *title)
{
	struct document **at = &coverage->documents;

	while (*at && strcmp((*at)->name, name))
		at = &(*at)->next;
	if (!*at)
		*at = arena_alloc(coverage->arena, sizeof(**at));
	(*at)->name = name;
	(*at)->title = title;
	return *at;
}

/* Returns NULL, or what is wrong with the line. */
static const char *read_row(struct coverage *coverage, const char *line,
                            const struct document **document)
{
	struct claims_row row;
	struct covered *covered;
	const char *wrong;

	if (!claims_row(line, coverage->arena, &row))
		return NULL;
	if (row.document) {
		*document = find_document(coverage, row.id, row.text);
		return NULL;
	}
	covered = find(coverage, row.id, strlen(row.id));
	covered->claim = row.text;
	covered->not_shown = row.not_shown;
	covered->under = *document;
	covered->listed = coverage->listed = true;
	coverage->asks |= row.asks != NULL;
	wrong = row.asks ? shown_ask(&covered->shown, row.states, row.asks) : NULL;
	return wrong ? arena_printf(coverage->arena,
	                            "%s asks for '%s', which is neither a state nor an assertion",
	                            row.id, wrong)
	             : NULL;
}

const char *coverage_read(struct coverage *coverage, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0, before = coverage->count;
	const struct document *document = NULL;
	const char *why = NULL;

	if (!file)
		return strerror(errno);
	while (!why && getline(&line, &size, file) > 0)
		why = read_row(coverage, line, &document);
	if (!why && ferror(file))
		why = strerror(errno);
	else if (!why && coverage->count == before)
		why = "no table in it begins with ids";
	free(line);
	fclose(file);
	return why;
}

/* ---- the scripts that cover it ---- */

static struct covering *find_script(struct coverage *coverage, struct covered *covered,
                                    const char *path)
{
	struct covering **at = &covered->scripts, *script;

	while (*at && strcmp((*at)->path, path) < 0)
		at = &(*at)->next;
	if (*at && !strcmp((*at)->path, path))
		return *at;
	script = arena_alloc(coverage->arena, sizeof(*script));
	script->path = arena_strdup(coverage->arena, path);
	script->next = *at;
	*at = script;
	return script;
}

/*
 * Most scripts say what Linux does. So what one does not pass on another stack says nothing of an
 * id, unless somebody has judged it.
 */
static bool counts(const struct coverage *coverage, const struct report_test *test)
{
	return !test->stack || coverage->judgements || test->verdict->kind == VERDICT_PASS;
}

/* `findings`: of the test, where there are judgements; else NULL. */
static void add_covers(struct coverage *coverage, const struct report_test *test,
                       const struct findings *findings, const char *ids)
{
	struct covers_id id;

	while (covers_next(&ids, &id)) {
		struct covered *covered = find(coverage, id.id, id.length);
		struct covering *script = find_script(coverage, covered, test->path);

		/* An id that is there again, in another state, is the same test. */
		if (script->last != test->number || !script->last)
			script->count[test->verdict->kind]++;
		script->last = test->number;
		script->kinds |= shown_add(&covered->shown, test, id.state);
		if (edges_add(&script->edges, test->program, coverage->arena)) {
			script->kinds |= 1u << ASSERT_EDGE;
			covered->shown.kinds |= 1u << ASSERT_EDGE;
		}
		machines_add(&covered->machines, test);
		if (findings)
			judgements_add(coverage->judgements, id.id, id.length, test,
			               findings->summary, &covered->outcome);
	}
}

/* "D1-06 elsewhere: on Linux ..." */
static void add_verdict(struct coverage *coverage, const struct report_test *test, const char *text)
{
	size_t length = strcspn(text, " \t");
	struct covered *covered = find(coverage, text, length);

	if (covered->judge)
		return;
	text += length;
	covered->verdict = arena_strdup(coverage->arena, text + strspn(text, " \t"));
	covered->judge = find_script(coverage, covered, test->path)->path;
}

void coverage_add(struct coverage *coverage, const struct report_test *test)
{
	struct findings *findings = coverage->judgements ? findings_new(test) : NULL;

	for (const struct directive *d = test->directives; d; d = d->next) {
		if (!strcmp(d->name, "covers") && counts(coverage, test))
			add_covers(coverage, test, findings, d->text);
		else if (!strcmp(d->name, "verdict"))
			add_verdict(coverage, test, d->text);
	}
	if (findings)
		findings_free(findings);
}

/* ---- the table ---- */

static int by_id(const void *a, const void *b)
{
	return strverscmp((*(struct covered *const *)a)->id, (*(struct covered *const *)b)->id);
}

/* "PASS 3" or "PASS 2, FAIL 1" */
static void print_counts(FILE *out, const size_t count[VERDICT_KINDS])
{
	const char *comma = "";

	for (int kind = 0; kind < VERDICT_KINDS; kind++) {
		if (!count[kind])
			continue;
		fprintf(out, "%s%s %zu", comma, verdict_name((enum verdict_kind)kind), count[kind]);
		comma = ", ";
	}
}

static void print_row(FILE *out, const struct covered *covered)
{
	if (!covered->scripts)
		fprintf(out, "%-20s none\n", covered->id);
	for (const struct covering *script = covered->scripts; script; script = script->next) {
		fprintf(out, "%-20s %s  ", script == covered->scripts ? covered->id : "",
		        script->path);
		print_counts(out, script->count);
		fputs(script->kinds ? "  " : "", out);
		asserts_print(out, script->kinds);
		fputc('\n', out);
	}
	shown_print(out, &covered->shown);
}

static bool judged(const struct covered *covered, const char *how)
{
	size_t length = strlen(how);

	return covered->judge && !strncmp(covered->verdict, how, length) &&
	       strchr(": \t", covered->verdict[length]);
}

/*
 * Prints for a claim: what it says, whether it holds, the script that shows it with its verdicts,
 * and why.
 */
static void print_claim(FILE *out, const struct covered *covered)
{
	bool elsewhere = judged(covered, "elsewhere");
	const struct covering *judge = NULL;
	size_t others = 0, word;

	for (const struct covering *script = covered->scripts; script; script = script->next) {
		if (covered->judge && !strcmp(script->path, covered->judge))
			judge = script;
		else
			others++;
	}
	fprintf(out, "%-7s %s\n", covered->id, covered->claim);
	if (!judge && covered->not_shown && !others) {
		fprintf(out, "        not shown  %s\n", covered->not_shown);
		return;
	}
	if (!judge) {
		fprintf(out, "        no verdict; %zu script%s about it\n", others,
		        others == 1 ? " is" : "s are");
		return;
	}
	word = strcspn(covered->verdict, ": \t");
	fprintf(out, "        %-10.*s %s  ", (int)word, covered->verdict, judge->path);
	print_counts(out, judge->count);
	if (others)
		fprintf(out, ", and %zu more", others);
	fputc('\n', out);
	word += strspn(covered->verdict + word, ": \t");
	if (covered->verdict[word])
		fprintf(out, "        %-10s %s\n", "", covered->verdict + word);
	if (!covered->machines.seen)
		return;
	fprintf(out, "        %-10s ", "shown on");
	machines_print(&covered->machines, elsewhere, out);
	fputc('\n', out);
}

/* An id is covered when a test about it gave an answer. */
static bool is_answered(const struct covered *covered)
{
	for (const struct covering *script = covered->scripts; script; script = script->next)
		if (script->count[VERDICT_PASS] || script->count[VERDICT_FAIL] ||
		    script->count[VERDICT_XFAIL] || script->count[VERDICT_XPASS])
			return true;
	return false;
}

/*
 * One test failed, and none passed: what the scripts showed is shown no more. A known bug that is
 * there still is no such failure.
 */
static const struct covering *failing(const struct covered *covered)
{
	const struct covering *failed = NULL;

	for (const struct covering *script = covered->scripts; script; script = script->next) {
		if (script->count[VERDICT_PASS] || script->count[VERDICT_XPASS])
			return NULL;
		if (script->count[VERDICT_FAIL])
			failed = script;
	}
	return failed;
}

void coverage_lost(const struct coverage *coverage, FILE *out)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (const struct covered *covered = coverage->buckets[i]; covered;
		     covered = covered->next) {
			const struct covering *script = covered->listed ? failing(covered) : NULL;

			if (script)
				fprintf(out, "%s: no script shows it any more: %s fails\n",
				        covered->id, script->path);
		}
}

static const struct document *document_of(const struct coverage *coverage,
                                          const struct covered *covered)
{
	for (const struct document *document = coverage->documents; document;
	     document = document->next) {
		size_t length = strlen(document->name);

		if (covered->claim && !strncmp(covered->id, document->name, length) &&
		    covered->id[length] == '-')
			return document;
	}
	return covered->under;
}

static void print_documents(const struct coverage *coverage, FILE *out, struct covered *const *list,
                            size_t count)
{
	size_t claims = 0, holds = 0, differs = 0, elsewhere = 0, not_shown = 0;

	if (coverage->documents)
		fprintf(out,
		        "For each claim: whether it holds on this system (%s), the script that "
		        "shows\n"
		        "it best, the verdicts of its tests, how many more scripts are about it, "
		        "and on which\n"
		        "machines it was shown.\n\n",
		        coverage->system);
	for (const struct document *document = coverage->documents; document;
	     document = document->next) {
		fprintf(out, "%s: %s\n\n", document->name, document->title);
		for (size_t i = 0; i < count; i++) {
			if (document_of(coverage, list[i]) != document)
				continue;
			print_claim(out, list[i]);
			claims++;
			holds += judged(list[i], "holds");
			differs += judged(list[i], "differs");
			elsewhere += judged(list[i], "elsewhere");
			not_shown += !list[i]->judge && list[i]->not_shown;
		}
		fputc('\n', out);
	}
	if (!claims)
		return;
	fprintf(out, "claims: %zu (%zu hold, %zu differ, %zu elsewhere, %zu open", claims, holds,
	        differs, elsewhere, claims - holds - differs - elsewhere - not_shown);
	if (not_shown)
		fprintf(out, ", %zu cannot be shown", not_shown);
	fputs(")\n", out);
}

void coverage_judge(struct coverage *coverage, const struct judgements *judgements)
{
	coverage->judgements = judgements;
}

/* When documents are named, or say what is to be asserted, the table is about them only. */
static bool is_told(const struct coverage *coverage, const struct covered *covered)
{
	return (!coverage->documents && !coverage->asks) || covered->listed;
}

/* Tables of ids and sentences alone get no verdicts; who wrote them may have wanted some. */
static void print_plain(const struct coverage *coverage, FILE *out)
{
	if (!coverage->listed || coverage->documents || coverage->asks)
		return;
	fputs("Of the ids of --claims no more is told, because no row \"| D3 | title |\" above "
	      "them "
	      "names a\n"
	      "document, which asks for verdicts, and no last cell \"asks: reply, state\" says "
	      "what to "
	      "assert.\n",
	      out);
}

static void print_outcomes(FILE *out, struct covered *const *list, size_t count)
{
	size_t sums[JUDGEMENTS] = { 0 };

	for (size_t i = 0; i < count; i++) {
		outcome_print(out, list[i]->id, &list[i]->outcome);
		sums[list[i]->outcome.judgement]++;
	}
	outcomes_print(out, sums);
}

void coverage_print(struct coverage *coverage, FILE *out)
{
	struct covered **list = calloc(coverage->count + 1, sizeof(*list));
	size_t count = 0, answered = 0;
	struct shown_sum sum = { 0 };

	for (size_t i = 0; list && i < BUCKETS; i++)
		for (struct covered *covered = coverage->buckets[i]; covered;
		     covered = covered->next)
			if (is_told(coverage, covered))
				list[count++] = covered;
	if (count)
		qsort(list, count, sizeof(*list), by_id);
	if (coverage->judgements) {
		print_outcomes(out, list, count);
		free(list);
		return;
	}
	print_documents(coverage, out, list, count);
	for (size_t i = 0; i < count; i++) {
		if (!document_of(coverage, list[i]))
			print_row(out, list[i]);
		answered += is_answered(list[i]);
		shown_count(&list[i]->shown, &sum);
	}
	if (coverage->asks)
		fprintf(out, "%zu of %zu states and %zu of %zu kinds of assertions are there\n",
		        sum.states, sum.of_states, sum.kinds, sum.of_kinds);
	fprintf(out, "%zu of %zu ids are covered\n", answered, count);
	print_plain(coverage, out);
	free(list);
}
