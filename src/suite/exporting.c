#include "suite/exporting.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "author/export.h"
#include "base/save.h"
#include "script/cases.h"
#include "script/parse.h"
#include "suite/plan.h"
#include "suite/script_file.h"
#include "suite/script_read.h"
#include "suite/suite.h"

struct exporting {
	const struct suite_options *options;
	const char *output;
	FILE *messages;
	bool into_folder;
	size_t tests;
	struct arena *arena; /* for what stays until all is written */
	struct written {
		const char *target, *script;
		struct written *next;
	} * written;
};

/* A row of a script's table of cases; or a script without a table. */
struct exported_row {
	const struct script_path *path;
	struct script_file *file;
	size_t index;
	const char *name; /* NULL: there is no table */
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
};

/* ---- the file that is written ---- */

/* In a folder, its name tells from where below the named folder the script comes. */
static const char *target_of(const struct exporting *e, const struct exported_row *row)
{
	const char *below = row->path->below;
	const char *slash = strrchr(below, '/'), *dot = strrchr(slash ? slash : below, '.');
	int length = (int)(dot ? (size_t)(dot - below) : strlen(below));

	if (!e->into_folder)
		return e->output;
	char *name = arena_printf(e->arena, "%.*s%s%s.pkt", length, below, row->name ? "-" : "",
	                          row->name ? row->name : "");
	for (char *at = name; (at = strchr(at, '/'));)
		*at = '-';
	return arena_printf(e->arena, "%s/%s", e->output, name);
}

/* Another script has the same name: none of the two may get lost. */
static bool is_taken(struct exporting *e, const char *target, const char *script)
{
	struct written *now = arena_alloc(e->arena, sizeof(*now));

	for (const struct written *w = e->into_folder ? e->written : NULL; w; w = w->next)
		if (!strcmp(w->target, target)) {
			fprintf(e->messages,
			        "%s: not written: %s became %s already, so it wants a folder of "
			        "its "
			        "own\n",
			        script, w->script, target);
			return true;
		}
	*now = (struct written){ target, script, e->written };
	e->written = now;
	return false;
}

static int write_out(struct exporting *e, const struct exported_row *row, const char *text)
{
	const char *target = target_of(e, row);

	if (is_taken(e, target, row->path->path))
		return SUITE_BAD_SCRIPT;
	if (save_text(target, text))
		return SUITE_PASSED;
	save_failed(target, e->messages);
	return SUITE_BAD_SCRIPT;
}

/* ---- one test ---- */

/* Returns NULL after reporting why not. */
static char *exported(const struct exporting *e, const struct exported_row *row)
{
	struct defines defines = *e->options->defines;
	const struct source_text *text = sources_share(row->sources, row->file->text);
	struct export export = { .title = text->path, .sources = row->sources, .text = text };
	struct script *script;
	char *said = NULL;
	size_t length = 0;

	if (row->name) {
		cases_define(&row->file->table, row->index, row->arena, &defines);
		export.title = arena_printf(row->arena, "%s[%s]", text->path, row->name);
	}
	if (!parse_script(row->arena, row->sources, text, &defines, row->diag, &script))
		return NULL;
	export.script = script;
	FILE *out = open_memstream(&said, &length);
	if (!out)
		return NULL;
	bool good = export_packetdrill(&export, row->arena, row->diag, out);
	if (fclose(out) == 0 && good)
		return said;
	free(said);
	return NULL;
}

/* `row` has the script, the index and the name. */
static int export_row(struct exporting *e, struct exported_row *row)
{
	int status = SUITE_BAD_SCRIPT;

	row->arena = arena_new();
	row->sources = sources_new(row->arena);
	row->diag = diag_new(row->arena, row->sources);
	char *said = exported(e, row);
	if (said)
		status = write_out(e, row, said);
	else
		diag_print(row->diag, e->messages);
	free(said);
	arena_free(row->arena);
	return status;
}

/* ---- a script ---- */

/* Reports why, when the script cannot be read, or its table of cases. */
static bool is_readable(const struct exporting *e, struct script_file *file)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	bool good = file->text;

	if (!good) {
		fprintf(e->messages, "%s: %s\n", file->path, file->why);
	} else {
		sources_share(sources, file->text);
		good = script_file_read_table(file, diag);
		diag_print(diag, e->messages);
	}
	arena_free(arena);
	return good;
}

/* By --case, --select and their kind: a test of this row, in any family. */
static bool is_wanted(const struct exporting *e, struct script_file *file, size_t index,
                      const char *name)
{
	const char *only = e->options->case_name;

	if (only && (!name || strcmp(name, only)))
		return false;
	if (selection_is_empty(e->options->selection))
		return true;
	struct test_script *script = test_script_read(file, index, e->options);
	bool wanted = plan_selects(script, e->options);
	test_script_free(script);
	return wanted;
}

static int export_rows(struct exporting *e, const struct script_path *path,
                       struct script_file *file)
{
	const struct case_table *table = &file->table;
	struct exported_row row = { .path = path, .file = file };
	int worst = SUITE_PASSED;

	for (; row.index < (table->row_count ? table->row_count : 1); row.index++) {
		row.name = table->row_count ? table->rows[row.index].name : NULL;
		if (!is_wanted(e, file, row.index, row.name))
			continue;
		if (++e->tests > 1 && e->output && !e->into_folder) {
			fprintf(e->messages,
			        "%s: more than one test is written, so this must be a folder\n",
			        e->output);
			return SUITE_BAD_SCRIPT;
		}
		int status = export_row(e, &row);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static int export_script(struct exporting *e, const struct script_path *path)
{
	struct script_file *file = script_file_read(path->path);
	int status = is_readable(e, file) ? export_rows(e, path, file) : SUITE_BAD_SCRIPT;

	script_file_let_go(file);
	return status;
}

static void tell_nothing(const struct exporting *e)
{
	if (e->options->case_name)
		fprintf(e->messages, "%s: no test has the name of --case=%s\n",
		        e->options->program_name, e->options->case_name);
	else
		fprintf(e->messages, "%s: no test matches %s\n", e->options->program_name,
		        selection_text(e->options->selection));
}

int export_scripts(const struct script_paths *scripts, const struct suite_options *options,
                   const char *output, FILE *messages)
{
	struct stat info;
	struct exporting e = {
		.options = options,
		.output = output,
		.messages = messages,
		.into_folder = output && stat(output, &info) == 0 && S_ISDIR(info.st_mode),
		.arena = arena_new(),
	};
	int worst = SUITE_PASSED;

	for (const struct script_path *path = scripts->first; path; path = path->next) {
		int status = export_script(&e, path);

		worst = status > worst ? status : worst;
	}
	arena_free(e.arena);
	if (e.tests || worst != SUITE_PASSED)
		return worst;
	tell_nothing(&e);
	return SUITE_BAD_SCRIPT;
}
