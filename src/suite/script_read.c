#include "suite/script_read.h"

#include <string.h>

#include "program/compile.h"
#include "script/directives.h"
#include "script/parse.h"
#include "suite/condition.h"
#include "suite/init_scripts.h"
#include "suite/phrase.h"

/* ---- options, requirements, known bugs ---- */

static void apply_given(struct test_script *script, const struct suite_options *options)
{
	for (const struct given_option *g = options->given; g; g = g->next) {
		const char *why = option_set(g->row, g->value, &script->settings, script->arena);

		if (why)
			diag_error(script->diag, (struct range){ 0, 0 }, "--%s=%s: %s",
			           option_name(g->row), g->value ? g->value : "", why);
	}
	script->settings.bless = options->bless;
	script->settings.hasty = options->hasty;
	if (options->no_commands)
		script->settings.commands_allowed = false;
}

/* "ipv4,ipv6" of a set of families. */
static const char *families_text(unsigned families, struct arena *arena)
{
	const char *text = "";

	for (int version = IP_V4; version < IP_VERSIONS; version++)
		if (families & 1u << version)
			text = arena_printf(arena, "%s%s%s", text, *text ? "," : "",
			                    ip_version_name((enum ip_version)version));
	return text;
}

/*
 * The families that are played, of those that the script's own line names and those that the
 * command asks for; 0 is none named. What a script says of IPv6 is wrong of IPv4: where nothing is
 * in both sets, *elsewhere becomes the reason to skip. packetdrill lets the command overrule the
 * script, and a recording has the family that it has.
 */
static unsigned choose_families(struct test_script *script, unsigned own, unsigned asked,
                                const struct suite_options *options, const char **elsewhere)
{
	if (!own || !asked || options->packetdrill || options->replay_path)
		return asked ? asked : own;
	if (own & asked)
		return own & asked;
	*elsewhere = arena_printf(
		script->arena, "its own line is --ip_version=%s, and %s was asked for",
		families_text(own, script->arena), families_text(asked, script->arena));
	return own;
}

/* A line must end here. More words are a slip, not a comment. */
static void check_end(struct phrase *phrase, struct diag *diag)
{
	struct phrase_word word;

	if (phrase_next(phrase, &word))
		diag_error(diag, word.where, "the line should end before '%s'", word.text);
}

/* The path of the script, or of the file that it includes. */
static const char *path_of(const struct test_script *script, const struct directive_node *node)
{
	struct location location;

	return sources_locate(script->sources, node->name.where.begin, &location) ? location.path
	                                                                          : script->path;
}

/*
 * The first requirement that is not met is the reason to skip; all lines are checked for mistakes.
 */
static void check_requirements(struct test_script *script, const struct subject *subject,
                               const char **missing)
{
	struct settings settings = script->settings;
	char why[CONDITION_TEXT];

	subject_settings(subject, &settings);
	for (const struct directive_node *node = test_script_directives(script); node;
	     node = node->next) {
		struct phrase phrase = { .rest = node->text.text,
			                 .at = node->text.where.begin,
			                 .arena = script->arena,
			                 .path = path_of(script, node),
			                 .stack = settings_have_stack(&settings) };

		if (directive_find(node->name.text)->kind != DIRECTIVE_REQUIRES)
			continue;
		enum condition condition = condition_check(&phrase, script->diag, why);
		if (condition != CONDITION_WRONG)
			check_end(&phrase, script->diag);
		if (condition == CONDITION_OTHER_TOOL && !script->other_tool)
			script->other_tool = arena_strdup(script->arena, why);
		if (condition == CONDITION_FAILS && !*missing)
			*missing = arena_strdup(script->arena, why);
	}
}

/* Tells whether it has a line "requires stack". */
static bool is_for_stack(const struct script *tree)
{
	static const char stack[] = "stack";

	for (const struct directive_node *node = tree->directives; node; node = node->next)
		if (directive_find(node->name.text)->kind == DIRECTIVE_REQUIRES &&
		    !strncmp(node->text.text, stack, sizeof(stack) - 1))
			return true;
	return false;
}

/* ---- how long it takes ---- */

/* A number that is written wrongly counts as 0; the compiler reports it. */
static usec_t seconds_of(const struct expr *expr)
{
	usec_t usec = expr_usec(expr);

	return usec > 0 && usec < INT32_MAX * (usec_t)USEC_PER_SEC ? usec : 0;
}

/*
 * *reached is the latest time of the event before, and becomes that of this one. Events behind a
 * call that blocks do not wait for its end.
 */
static usec_t end_of(const struct event_node *event, usec_t *reached)
{
	bool absolute =
		event->when.form == WHEN_ABSOLUTE || event->when.form == WHEN_ABSOLUTE_RANGE;

	usec_t base = absolute ? 0 : *reached;
	usec_t from = seconds_of(event->when.at), until = seconds_of(event->when.until);
	usec_t at = until > from ? until : from;
	usec_t back = event->form == FORM_CALL ? base + seconds_of(event->call->end) : 0;
	if (base + at > *reached)
		*reached = base + at;
	return back > *reached ? back : *reached;
}

static void add_length(struct test_script *script, const struct event_node *event, usec_t *reached)
{
	usec_t end = end_of(event, reached);

	if (end > script->length)
		script->length = end;
}

/* ---- reading ---- */

/*
 * Adds the defines of the row, when the script has a table. Returns false when the table is wrong.
 */
static bool choose_case(struct test_script *script, struct defines *defines)
{
	const struct case_table *table = &script->file->table;

	if (!script_file_read_table(script->file, script->diag))
		return false;
	if (table->row_count) {
		script->case_count = table->row_count;
		script->case_name = table->rows[script->case_index].name;
		cases_define(table, script->case_index, script->arena, defines);
	}
	return true;
}

/*
 * A script for one family is compiled while it is parsed, and its tree is not kept. For a large
 * script this takes half the memory and half the time, most of which is spent on clearing memory.
 */
struct reading {
	struct test_script *script;
	const struct suite_options *options;
	bool settled;                /* all options have come */
	usec_t reached;              /* the latest time of the last event */
	const char *elsewhere;       /* why its families are not played, or NULL */
	struct compiling *compiling; /* NULL: the tree is kept */
};

static void settle(struct reading *reading)
{
	struct test_script *script = reading->script;

	reading->settled = true;
	compile_settings(script->tree, script->arena, script->diag, &script->settings);
	unsigned own = script->settings.ip_versions;
	script->settings.ip_versions = 0;
	apply_given(script, reading->options);
	/*
	 * They are not run when a recording is played, and for a guest the host has checked them.
	 */
	if (script->settings.commands_allowed && !reading->options->replay_path &&
	    !reading->options->in_guest)
		init_scripts_check(script, reading->options);
	unsigned families = choose_families(script, own, script->settings.ip_versions,
	                                    reading->options, &reading->elsewhere);
	if (families)
		script->ip_versions = families;
	if (script->ip_versions & (script->ip_versions - 1))
		return;
	script->settings.ip_version = (enum ip_version)__builtin_ctz(script->ip_versions);
	reading->compiling =
		compile_begin(&script->settings, script->file->lines, script->arena, script->diag);
}

static bool take_event(void *context, const struct script *tree, const struct event_node *event)
{
	struct reading *reading = context;

	(void)tree;
	if (!reading->settled)
		settle(reading);
	add_length(reading->script, event, &reading->reached);
	if (reading->compiling)
		compile_add(reading->compiling, event);
	return reading->compiling != NULL;
}

static void parse_text(struct test_script *script, const struct suite_options *options)
{
	struct defines defines = *options->defines;
	struct reading reading = { .script = script, .options = options };
	const struct source_text *text = sources_share(script->sources, script->file->text);
	const struct event_taker taker = { take_event, &reading };

	/* Without its table, nothing in the script means what it should. */
	if (!choose_case(script, &defines))
		return;
	/* Whatever is wrong, everything is checked, so that all errors are reported at once. */
	parse_script_for(&taker, script->arena, script->sources, text, &script->file->table,
	                 &defines, script->diag, &script->tree);
	if (!reading.settled)
		settle(&reading);
	if (reading.compiling)
		compile_end(reading.compiling, script->tree, &script->program);
	/* The requirements do not matter for a recording. */
	for (unsigned i = 0; i < options->subject_count && !options->replay_path; i++)
		if (!i || !diag_error_count(script->diag))
			check_requirements(script, &options->subjects[i], &script->missing[i]);
	for (unsigned i = 0; i < options->subject_count && reading.elsewhere; i++)
		script->missing[i] = reading.elsewhere;
	known_of_script(script->tree->directives, script->arena, script->diag, &script->known);
	script->for_stack = is_for_stack(script->tree);
}

struct test_script *test_script_read(struct script_file *file, size_t index,
                                     const struct suite_options *options)
{
	struct arena *arena = arena_new_withheld();
	struct test_script *script = arena_alloc(arena, sizeof(*script));

	script->file = script_file_use(file);
	script->path = file->path;
	script->case_index = index;
	script->case_count = 1;
	script->arena = arena;
	script->sources = sources_new(arena);
	script->diag = diag_new(arena, script->sources);
	script->ip_versions = 1u << IP_V4;
	settings_init(&script->settings, options->packetdrill);
	if (file->text)
		parse_text(script, options);
	else
		diag_error(script->diag, (struct range){ 0, 0 }, "%s: %s", file->path, file->why);
	/* A script with errors becomes one test, so that they are reported once. */
	while (diag_error_count(script->diag) && script->ip_versions & (script->ip_versions - 1))
		script->ip_versions &= script->ip_versions - 1;
	return script;
}
