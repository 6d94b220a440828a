#include "editor/analysis.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "editor/include.h"
#include "editor/position.h"
#include "program/compile.h"
#include "program/vocabulary.h"
#include "script/cases.h"
#include "script/parse.h"

enum { CASES_CHECKED = 64 }; /* rows of a table of cases; each is compiled as a script of its own */

enum { SEVERITY_ERROR = 1, SEVERITY_WARNING = 2 };

/* One reading of the text. When it has a table of cases, it is read for one row. */
struct reading {
	const char *path, *text;
	const struct defines *given;
	struct arena *arena;
	struct sources *sources;
	const struct source_text *source;
	struct diag *diag;
	struct case_table table;
};

/* ---- the chain, as far as it goes without a kernel ---- */

/*
 * What is right in one IP family may be wrong in another. An error that is in several families is
 * reported once.
 */
static void compile_families(struct reading *reading, const struct script *script)
{
	struct settings settings;
	struct program *program;
	unsigned families;

	settings_init(&settings, false);
	compile_settings(script, reading->arena, reading->diag, &settings);
	families = settings.ip_versions ? settings.ip_versions : 1u << IP_V4;
	do {
		settings.ip_version = (enum ip_version)__builtin_ctz(families);
		compile_script(script, &settings, reading->arena, reading->diag, &program);
		families &= families - 1;
	} while (families && !diag_error_count(reading->diag));
}

/* Reads the text for a row of its table. Returns false when there is no such row. */
static bool read_row(struct reading *reading, size_t row)
{
	struct defines defines = *reading->given;
	struct script *script = NULL;

	reading->sources = sources_new(reading->arena);
	reading->diag = diag_new(reading->arena, reading->sources);
	reading->source =
		sources_add(reading->sources, reading->path, reading->text, strlen(reading->text));
	if (!reading->source)
		return false;
	if (!cases_read(reading->source, reading->arena, reading->diag, &reading->table) ||
	    !vocabulary_check_columns(&reading->table, reading->diag))
		return true;
	if (row > 0 && row >= reading->table.row_count)
		return false;
	if (reading->table.row_count)
		cases_define(&reading->table, row, reading->arena, &defines);
	/* When a line has a syntax error, the other lines are checked all the same. */
	parse_script(reading->arena, reading->sources, reading->source, &defines, reading->diag,
	             &script);
	if (script)
		compile_families(reading, script);
	return true;
}

/* ---- messages, in the form of the protocol ---- */

static json_t *message_text(const struct diag_message *message, const struct location *at,
                            bool elsewhere)
{
	json_t *text = elsewhere ? json_sprintf("%s:%u:%u: %s", at->path, at->line, at->column,
	                                        message->text)
	                         : json_string(message->text);

	for (const struct diag_hint *hint = message->hints; hint; hint = hint->next) {
		json_t *longer = json_sprintf("%s\nhint: %s", json_string_value(text), hint->text);

		json_decref(text);
		text = longer;
	}
	return text;
}

/* The place of a message in the text that is edited. */
static json_t *message_range(const struct reading *reading, const struct diag_message *message,
                             const struct location *at, bool elsewhere)
{
	size_t length = message->where.end - message->where.begin;
	size_t begin, end, line = 0;

	if (elsewhere || at->line == 0) {
		if (at->line > 0)
			include_find(reading->path, reading->text, reading->given->folders,
			             at->path, &line);
		return position_range(line, 0, position_line(reading->text, line).length);
	}
	begin = at->column - 1;
	end = begin + length < at->line_length ? begin + length : at->line_length;
	return position_range(at->line - 1, position_units(at->line_text, begin),
	                      position_units(at->line_text, end));
}

static json_t *diagnostic(const struct reading *reading, const struct diag_message *message)
{
	struct location at = { 0 };
	bool elsewhere = sources_locate(reading->sources, message->where.begin, &at) &&
	                 strcmp(at.path, reading->path);

	return json_pack("{s:o, s:i, s:s, s:o}", "range",
	                 message_range(reading, message, &at, elsewhere), "severity",
	                 message->kind == DIAG_ERROR ? SEVERITY_ERROR : SEVERITY_WARNING, "source",
	                 "tcpclose", "message", message_text(message, &at, elsewhere));
}

static void add_messages(const struct reading *reading, json_t *list)
{
	const struct diag_message *messages[DIAG_KINDS * DIAG_MAX_ERRORS];
	unsigned count = diag_list(reading->diag, messages);

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(list, diagnostic(reading, messages[i]));
}

/* A mistake that all rows of a table have is told once: the first row that has one ends it. */
json_t *analysis_diagnostics(const char *path, const char *text, const struct defines *given)
{
	json_t *list = json_array();

	for (size_t row = 0; row < CASES_CHECKED && json_array_size(list) == 0; row++) {
		struct reading reading = {
			.path = path, .text = text, .given = given, .arena = arena_new()
		};
		bool more = read_row(&reading, row);

		if (more)
			add_messages(&reading, list);
		more = more && reading.table.row_count > 0;
		arena_free(reading.arena);
		if (!more)
			break;
	}
	return list;
}
