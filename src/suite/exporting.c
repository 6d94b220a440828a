#include "suite/exporting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "author/export.h"
#include "base/save.h"
#include "script/cases.h"
#include "script/parse.h"
#include "suite/suite.h"

struct exporting {
	const char *only, *output;
	const struct defines *given;
	FILE *messages;
	bool into_folder;
};

/* ---- the file that is written ---- */

static const char *target_of(const struct exporting *e, const char *path, const char *row,
                             struct arena *arena)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : strlen(name);

	if (!e->into_folder)
		return e->output;
	return arena_printf(arena, "%s/%.*s%s%s.pkt", e->output, (int)length, name, row ? "-" : "",
	                    row ? row : "");
}

static int write_out(const struct exporting *e, const char *target, const char *text)
{
	if (save_text(target, text))
		return SUITE_PASSED;
	fprintf(e->messages, "%s: cannot be written: %s\n", target ? target : "standard output",
	        strerror(errno));
	return SUITE_FAULT;
}

/* ---- one test ---- */

/* Returns NULL after reporting why not. */
static char *exported(const struct exporting *e, const struct source_text *text,
                      const struct case_table *table, size_t row, struct sources *sources,
                      struct arena *arena, struct diag *diag)
{
	struct defines defines = *e->given;
	struct export export = { .title = text->path, .sources = sources, .text = text };
	struct script *script;
	char *said = NULL;
	size_t length = 0;

	if (table->row_count) {
		cases_define(table, row, arena, &defines);
		export.title = arena_printf(arena, "%s[%s]", text->path, table->rows[row].name);
	}
	if (!parse_script(arena, sources, text, &defines, diag, &script))
		return NULL;
	export.script = script;
	FILE *out = open_memstream(&said, &length);
	if (!out)
		return NULL;
	bool good = export_packetdrill(&export, arena, diag, out);
	if (fclose(out) == 0 && good)
		return said;
	free(said);
	return NULL;
}

static int export_row(const struct exporting *e, const char *path, size_t row)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct case_table table = { .row_count = 0 };
	const char *why = NULL;
	char *said = NULL;
	int status = SUITE_BAD_SCRIPT;
	const struct source_text *text = sources_read(sources, path, &why);

	if (text && cases_read(text, arena, diag, &table))
		said = exported(e, text, &table, row, sources, arena, diag);
	const char *name = table.row_count ? table.rows[row].name : NULL;
	if (!text)
		fprintf(e->messages, "%s: %s\n", path, why);
	else if (said)
		status = write_out(e, target_of(e, path, name, arena), said);
	else
		diag_print(diag, e->messages);
	free(said);
	arena_free(arena);
	return status;
}

/* ---- a script ---- */

/*
 * The names of its rows, in `arena`. Returns 0 when it has no table, or a wrong one, which the
 * first test reports.
 */
static size_t rows_of(const char *path, struct arena *arena, struct case_table *table)
{
	struct sources *sources = sources_new(arena);
	const char *why;
	const struct source_text *text = sources_read(sources, path, &why);

	*table = (struct case_table){ .row_count = 0 };
	if (!text || !cases_read(text, arena, diag_new(arena, sources), table))
		return 0;
	return table->row_count;
}

static int export_script(const struct exporting *e, const char *path, size_t *tests)
{
	struct arena *arena = arena_new();
	struct case_table table;
	size_t rows = rows_of(path, arena, &table);
	int worst = SUITE_PASSED;

	for (size_t row = 0; row < (rows ? rows : 1); row++) {
		if (e->only && (!rows || strcmp(table.rows[row].name, e->only)))
			continue;
		if (++*tests > 1 && e->output && !e->into_folder) {
			fprintf(e->messages,
			        "%s: more than one test is written, so this must be a folder\n",
			        e->output);
			worst = SUITE_BAD_SCRIPT;
			break;
		}
		int status = export_row(e, path, row);
		worst = status > worst ? status : worst;
	}
	arena_free(arena);
	return worst;
}

int export_scripts(const struct script_paths *scripts, const char *only, const char *output,
                   const struct defines *given, FILE *messages)
{
	struct stat info;
	struct exporting e = {
		.only = only,
		.output = output,
		.given = given,
		.messages = messages,
		.into_folder = output && stat(output, &info) == 0 && S_ISDIR(info.st_mode),
	};
	int worst = SUITE_PASSED;
	size_t tests = 0;

	for (const struct script_path *path = scripts->first; path; path = path->next) {
		int status = export_script(&e, path->path, &tests);

		worst = status > worst ? status : worst;
	}
	if (tests || worst != SUITE_PASSED)
		return worst;
	fprintf(messages, "no test has the name of --case=%s\n", only);
	return SUITE_BAD_SCRIPT;
}
