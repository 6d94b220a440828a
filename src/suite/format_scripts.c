#include "suite/format_scripts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/save.h"
#include "base/source.h"
#include "script/layout.h"
#include "script/parse.h"
#include "suite/suite.h"

/* A text, parsed; its arena holds all. */
struct parsed {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	const struct source_text *text;
	const struct defines *given; /* from the command line */
	struct case_table table;
	struct script *script;
};

static void begin(struct parsed *parsed, const struct defines *given, struct arena *arena)
{
	*parsed = (struct parsed){ .arena = arena, .sources = sources_new(arena), .given = given };
	parsed->diag = diag_new(arena, parsed->sources);
}

/* The tree of the text, with the first row of its table; false when there are errors. */
static bool parse(struct parsed *parsed)
{
	struct defines defines = *parsed->given;

	if (!cases_read(parsed->text, parsed->arena, parsed->diag, &parsed->table))
		return false;
	if (parsed->table.row_count)
		cases_define(&parsed->table, 0, parsed->arena, &defines);
	return parse_script(parsed->arena, parsed->sources, parsed->text, &defines, parsed->diag,
	                    &parsed->script);
}

static char *dump(const struct script *script)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return NULL;
	script_dump(script, out);
	return fclose(out) == 0 ? text : NULL;
}

/* Nothing but blanks is changed, and this is the proof of it. */
static bool means_the_same(const struct parsed *before, const char *text)
{
	struct parsed after;
	char *old_tree = dump(before->script), *new_tree = NULL;
	bool same = false;

	begin(&after, before->given, before->arena);
	after.text = sources_add(after.sources, before->text->path, text, strlen(text));
	if (after.text && parse(&after))
		new_tree = dump(after.script);
	same = old_tree && new_tree && !strcmp(old_tree, new_tree);
	free(old_tree);
	free(new_tree);
	return same;
}

static int fulfil(const struct parsed *parsed, const char *text, enum format_wish wish, FILE *out)
{
	const char *path = parsed->text->path;
	bool differs = strcmp(text, parsed->text->text);

	if (!means_the_same(parsed, text)) {
		fprintf(stderr, "%s: laid out it would mean something else; it is left as it is\n",
		        path);
		return SUITE_FAULT;
	}
	if (wish == FORMAT_SHOW)
		fputs(text, out);
	else if (wish == FORMAT_CHECK && differs)
		fprintf(out, "%s\n", path);
	else if (wish == FORMAT_WRITE && differs && !save_text(path, text)) {
		fprintf(stderr, "%s: cannot be written: %s\n", path, strerror(errno));
		return SUITE_BAD_SCRIPT;
	}
	return differs && wish == FORMAT_CHECK ? SUITE_FAILED : SUITE_PASSED;
}

static int format_one(const char *path, enum format_wish wish, const struct defines *given,
                      FILE *out)
{
	struct arena *arena = arena_new();
	struct parsed parsed;
	const char *why = NULL;
	int status = SUITE_BAD_SCRIPT;

	begin(&parsed, given, arena);
	parsed.text = sources_read(parsed.sources, path, &why);
	if (!parsed.text)
		fprintf(stderr, "%s: %s\n", path, why);
	else if (!parse(&parsed))
		diag_print(parsed.diag, stderr);
	else
		status = fulfil(&parsed, layout_script(parsed.text, &parsed.table, arena), wish,
		                out);
	arena_free(arena);
	return status;
}

int format_scripts(const struct script_paths *scripts, enum format_wish wish,
                   const struct defines *given, FILE *out)
{
	int worst = SUITE_PASSED;

	for (const struct script_path *path = scripts->first; path; path = path->next) {
		int status = format_one(path->path, wish, given, out);

		worst = status > worst ? status : worst;
	}
	return fflush(out) == 0 ? worst : SUITE_FAULT;
}
