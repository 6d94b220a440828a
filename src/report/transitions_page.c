#include "report/transitions_page.h"

#include <assert.h>
#include <string.h>

#include "model/transition_list.h"

struct taking { /* a script that takes a transition */
	const char *path;
	const struct taking *next;
};

struct taken_by {
	const struct taking *scripts; /* the last one first */
	size_t count;
	/* The one that takes the fewest others: it is most about this. */
	const char *best;
	size_t others;
};

struct transitions_page {
	struct arena *arena;
	enum model_mode mode;
	const char *system; /* "Linux 6.12.1" */
	struct transitions explored;
	struct taken_by by[TRANSITIONS];
};

struct transitions_page *transitions_page_new(struct arena *arena, enum model_mode mode)
{
	struct transitions_page *page = arena_alloc(arena, sizeof(*page));

	page->arena = arena;
	page->mode = mode;
	page->system = report_system(NULL, arena);
	return page;
}

void transitions_page_system(struct transitions_page *page, const struct report_fact *facts)
{
	page->system = report_system(facts, page->arena);
}

struct transitions *transitions_page_explored(struct transitions_page *page)
{
	return &page->explored;
}

static bool is_there(const struct taken_by *by, const char *path)
{
	for (const struct taking *script = by->scripts; script; script = script->next)
		if (!strcmp(script->path, path))
			return true;
	return false;
}

static void add(struct transitions_page *page, struct taken_by *by, const char *path, size_t others)
{
	struct taking *script;

	if (!is_there(by, path)) {
		script = arena_alloc(page->arena, sizeof(*script));
		script->path = arena_strdup(page->arena, path);
		script->next = by->scripts;
		by->scripts = script;
		by->count++;
	}
	/* Tests are played in no order; the page is the same. */
	if (!by->best || others < by->others ||
	    (others == by->others && strcmp(path, by->best) < 0)) {
		by->best = arena_strdup(page->arena, path);
		by->others = others;
	}
}

void transitions_page_add(struct transitions_page *page, const struct report_test *test)
{
	const struct evidence *evidence = test->verdict->evidence;
	struct transition t;
	size_t all, taken;

	if (!evidence || !evidence->model.asked)
		return;
	transition_count(&evidence->model.taken, page->mode, &all, &taken);
	for (size_t n = 0; transition_next(n, page->mode, &t); n = t.number + 1)
		if (transition_was_taken(&evidence->model.taken, t.number))
			add(page, &page->by[t.number], test->path, taken);
}

/* ---- the tables ---- */

/* In the order in which a connection goes through them. */
static const struct column {
	enum tcp_state state;
	const char *name;
} columns[] = {
	{ STATE_CLOSED, "CL" },      { STATE_SYN_SENT, "SS" },   { STATE_SYN_RECV, "SR" },
	{ STATE_ESTABLISHED, "ES" }, { STATE_FIN_WAIT_1, "F1" }, { STATE_FIN_WAIT_2, "F2" },
	{ STATE_CLOSING, "CG" },     { STATE_TIME_WAIT, "TW" },  { STATE_CLOSE_WAIT, "CW" },
	{ STATE_LAST_ACK, "LA" },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), NAME = 32, CELL = 4 };

static_assert(COLUMNS == STATE_COUNT - 3, "but for LISTEN, NEW_SYN_RECV, and 0");

/* "12": scripts; "+": an exploration alone; "-": nothing; "": the rule is not for the state. */
static void print_cell(const struct transitions_page *page, size_t number, FILE *out)
{
	if (page->by[number].count)
		fprintf(out, "%*zu", CELL, page->by[number].count);
	else
		fprintf(out, "%*s", CELL,
		        transition_was_taken(&page->explored, number) ? "+" : "-");
}

static void print_head(FILE *out)
{
	fprintf(out, "%-*s", NAME, "");
	for (size_t i = 0; i < COLUMNS; i++)
		fprintf(out, "%*s", CELL, columns[i].name);
	fputc('\n', out);
}

/* The row of a rule, whose first transition is `first`. */
static void print_row(const struct transitions_page *page, const struct transition *first,
                      FILE *out)
{
	bool there[STATE_COUNT] = { false };
	size_t row = first->number - (size_t)first->state, blank = 0;
	struct transition t;

	for (size_t n = first->number; transition_next(n, page->mode, &t) && t.rule == first->rule;
	     n = t.number + 1)
		there[t.state] = true;
	fprintf(out, "%-*s", NAME, first->rule->name);
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!there[columns[i].state]) {
			blank += CELL;
			continue;
		}
		fprintf(out, "%*s", (int)blank, "");
		print_cell(page, row + columns[i].state, out);
		blank = 0;
	}
	fputc('\n', out);
}

static void print_tables(const struct transitions_page *page, FILE *out)
{
	static const char *const titles[TRANSITION_KINDS] = {
		[TRANSITION_ARRIVAL] = "A segment arrives",
		[TRANSITION_CALL] = "The program calls",
		[TRANSITION_TIME] = "Time passes",
	};
	const struct rule *rule = NULL;
	int kind = -1;
	struct transition t;

	for (size_t n = 0; transition_next(n, page->mode, &t); n = t.number + 1) {
		if ((int)t.kind != kind) {
			kind = (int)t.kind;
			fprintf(out, "\n%s\n\n", titles[kind]);
			print_head(out);
		}
		if (t.rule != rule)
			print_row(page, &t, out);
		rule = t.rule;
	}
}

/* ---- the lists ---- */

static void print_never(const struct transitions_page *page, FILE *out)
{
	struct transition t;

	fputs("\nNever taken\n\n", out);
	for (size_t n = 0; transition_next(n, page->mode, &t); n = t.number + 1)
		if (!page->by[t.number].count && !transition_was_taken(&page->explored, t.number))
			fprintf(out, "%s, in %s: %s\n    %s\n", t.rule->name,
			        tcp_state_name(t.state), t.rule->clause, t.rule->text);
}

static void print_scripts(const struct transitions_page *page, FILE *out)
{
	struct transition t;

	fputs("\nBy which script\n\n", out);
	for (size_t n = 0; transition_next(n, page->mode, &t); n = t.number + 1) {
		const struct taken_by *by = &page->by[t.number];

		if (!by->count)
			continue;
		fprintf(out, "%-*s %-11s  %s", NAME, t.rule->name, tcp_state_name(t.state),
		        by->best);
		if (by->count > 1)
			fprintf(out, ", and %zu more", by->count - 1);
		fputc('\n', out);
	}
}

static void print_counts(const struct transitions_page *page, FILE *out)
{
	size_t all = 0, scripts = 0, walks = 0, alone = 0;
	struct transition t;

	for (size_t n = 0; transition_next(n, page->mode, &t); n = t.number + 1) {
		bool explored = transition_was_taken(&page->explored, t.number);

		all++;
		scripts += page->by[t.number].count > 0;
		walks += explored;
		alone += explored && !page->by[t.number].count;
	}
	fprintf(out, "\n%zu transitions: %zu are taken by scripts, ", all, scripts);
	if (walks)
		fprintf(out, "%zu by exploration (%zu of them by no script), ", walks, alone);
	fprintf(out, "%zu never\n", all - scripts - alone);
}

void transitions_page_print(const struct transitions_page *page, FILE *out)
{
	fprintf(out,
	        "Which of the model's rules (docs/model.txt) were met, and in which state (%s).\n"
	        "A number: so many scripts take it; +: an exploration alone; -: nothing; no cell: "
	        "the\nrule is not for the state.\n",
	        page->system);
	print_tables(page, out);
	print_never(page, out);
	print_scripts(page, out);
	print_counts(page, out);
}
