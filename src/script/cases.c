#include "script/cases.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r");
}

static bool at_comment(const char *p)
{
	return p[0] == '/' && p[1] == '/';
}

/* A row is indented and begins with a word. The next event begins with a time or a sign. */
bool cases_is_row(const char *line)
{
	const char *p = skip_blanks(line);

	if (at_comment(p) && p != line)
		return true;
	return p != line && (isalpha((unsigned char)*p) || *p == '"' || *p == '_');
}

/* Skips a comment, a string, a command or a block of code. */
static const char *skip_enclosed(const char *p)
{
	static const struct {
		const char *begin, *end;
	} rows[] = {
		{ "/*", "*/" },
		{ "%{", "}%" },
		{ "`", "`" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t length = strlen(rows[i].begin);

		if (strncmp(p, rows[i].begin, length))
			continue;
		const char *end = strstr(p + length, rows[i].end);
		return end ? end + length : p + strlen(p);
	}
	if (at_comment(p))
		return p + strcspn(p, "\n");
	if (*p != '"')
		return p + 1;
	for (p++; *p && *p != '\n' && *p != '"'; p++)
		p += *p == '\\' && p[1] && p[1] != '\n';
	return p + (*p == '"');
}

static bool begins_word(const char *p, const char *word)
{
	size_t length = strlen(word);

	return *p == *word && !strncmp(p, word, length) &&
	       (!p[length] || isspace((unsigned char)p[length]));
}

/*
 * Returns the text behind the word "cases". *conditional tells whether it is between #ifdef and
 * #endif.
 */
static const char *find_table(const char *text, bool *conditional)
{
	bool first = true; /* nothing but blanks was before it on its line */

	*conditional = false;
	for (const char *p = text; *p;) {
		if (first && begins_word(p, "cases"))
			return p + strlen("cases");
		if (begins_word(p, "#ifdef") || begins_word(p, "#endif"))
			*conditional = p[1] == 'i';
		first = *p == '\n' || (first && (strchr(" \t\r", *p) || !strncmp(p, "/*", 2)));
		p = skip_enclosed(p);
		if (!first)
			p += strcspn(p, "\n\"`%/");
	}
	return NULL;
}

const char *cases_begin(const char *text)
{
	bool conditional;

	return find_table(text, &conditional);
}

/* Returns the next cell of a line; NULL at the end of the line. */
static const char *next_cell(const char **line, struct arena *arena)
{
	const char *p = skip_blanks(*line), *end = p;

	if (*p == '\n' || !*p || at_comment(p))
		return NULL;
	if (*p == '"') {
		for (end++; *end && *end != '\n' && *end != '"'; end++)
			end += *end == '\\' && end[1];
		end += *end == '"';
	} else {
		end += strcspn(p, " \t\r\n");
	}
	*line = end;
	return arena_strndup(arena, p, (size_t)(end - p));
}

static bool is_word(const char *text)
{
	const char *p = text;

	while (isalnum((unsigned char)*p) || *p == '_')
		p++;
	return p != text && !*p && !isdigit((unsigned char)*text);
}

static bool add_column(struct case_table *table, const char *name, struct range where,
                       struct diag *diag)
{
	struct case_column *column = table->columns;

	if (!is_word(name)) {
		diag_error(diag, where, "the name of a column has letters, digits and '_' only");
		return false;
	}
	while (column < table->columns + table->column_count && strcmp(column->name, name))
		column++;
	if (column->name) {
		diag_error(diag, where, "two columns are called '%s'", name);
		return false;
	}
	*column = (struct case_column){ name, where };
	table->column_count++;
	return true;
}

static size_t read_cells(const char *line, struct arena *arena, const char *cells[CASE_COLUMNS + 1])
{
	size_t count = 0;
	const char *cell;

	while (count <= CASE_COLUMNS && (cell = next_cell(&line, arena)))
		cells[count++] = cell;
	return count;
}

static struct range range_of_line(const struct source_text *text, const char *line)
{
	uint32_t begin = text->base + (uint32_t)(skip_blanks(line) - text->text);

	return (struct range){ begin, begin + (uint32_t)strcspn(skip_blanks(line), "\n") };
}

static bool read_columns(const struct source_text *text, const char *line, struct arena *arena,
                         struct diag *diag, struct case_table *table)
{
	const char *names = line, *name;
	size_t count = 0;
	bool good = true;

	while (count <= CASE_COLUMNS && (name = next_cell(&names, arena))) {
		uint32_t end = text->base + (uint32_t)(names - text->text);

		if (count++ < CASE_COLUMNS)
			good &= add_column(table, name,
			                   (struct range){ end - (uint32_t)strlen(name), end },
			                   diag);
	}
	if (count > 0 && count <= CASE_COLUMNS)
		return good;
	diag_error(diag, range_of_line(text, line), "a table of cases has 1 to %d columns",
	           CASE_COLUMNS);
	return false;
}

static const char *unquoted(const char *cell, struct arena *arena)
{
	size_t length = strlen(cell);

	return *cell == '"' && length >= 2 ? arena_strndup(arena, cell + 1, length - 2) : cell;
}

static bool is_closed(const char *cell)
{
	size_t length = strlen(cell);

	return *cell != '"' || (length >= 2 && cell[length - 1] == '"');
}

static bool read_row(const struct source_text *text, const char *line, struct arena *arena,
                     struct diag *diag, struct case_table *table)
{
	const char *cells[CASE_COLUMNS + 1] = { NULL };
	size_t count = read_cells(line, arena, cells);
	struct script_case *row = &table->rows[table->row_count];

	if (!count)
		return true; /* the line is a comment */
	row->where = range_of_line(text, line);
	for (size_t i = 0; i < count; i++)
		if (!is_closed(cells[i])) {
			diag_error(diag, row->where, "a string in this case is not closed");
			return false;
		}
	if (count != table->column_count) {
		diag_error(diag, row->where, "this case has %zu cell%s, the table has %zu column%s",
		           count, count == 1 ? "" : "s", table->column_count,
		           table->column_count == 1 ? "" : "s");
		return false;
	}
	memcpy(row->cells, cells, sizeof(row->cells));
	row->name = unquoted(cells[0], arena);
	table->row_count++;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct script_case *x = *(const struct script_case *const *)a;
	const struct script_case *y = *(const struct script_case *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : x < y ? -1 : x > y;
}

/* Sorts the names, because a table may have thousands of rows. */
static bool check_names(const struct case_table *table, struct arena *arena, struct diag *diag)
{
	const struct script_case **sorted =
		arena_alloc(arena, (table->row_count + 1) * sizeof(*sorted));
	bool good = true;

	for (size_t i = 0; i < table->row_count; i++)
		sorted[i] = &table->rows[i];
	qsort(sorted, table->row_count, sizeof(*sorted), by_name);
	for (size_t i = 1; i < table->row_count; i++)
		if (!strcmp(sorted[i]->name, sorted[i - 1]->name)) {
			diag_error(diag, sorted[i]->where, "two cases are called '%s'",
			           sorted[i]->name);
			good = false;
		}
	return good;
}

static size_t count_lines(const char *p)
{
	size_t lines = 1;

	while ((p = strchr(p, '\n'))) {
		p++;
		if (!cases_is_row(p))
			break;
		lines++;
	}
	return lines;
}

/* Refuses a table where there may be none. */
static bool check_place(const struct source_text *text, const char *line, bool conditional,
                        struct diag *diag)
{
	const char *second = cases_begin(line);

	if (conditional)
		diag_error(diag, range_of_line(text, line),
		           "a table of cases cannot depend on an #ifdef");
	if (second)
		diag_error(diag, range_of_line(text, second), "there is a table of cases already");
	return !conditional && !second;
}

bool cases_read(const struct source_text *text, struct arena *arena, struct diag *diag,
                struct case_table *table)
{
	bool conditional;
	const char *line = find_table(text->text, &conditional);

	*table = (struct case_table){ .row_count = 0 };
	if (!line)
		return true;
	bool good = check_place(text, line, conditional, diag);
	if (!read_columns(text, line, arena, diag, table))
		return false;
	table->rows = arena_alloc(arena, count_lines(line) * sizeof(*table->rows));
	table->begin = line;
	table->end = line + strcspn(line, "\n");
	while (*table->end && cases_is_row(++table->end)) {
		good &= read_row(text, table->end, arena, diag, table);
		table->end += strcspn(table->end, "\n");
	}
	good &= check_names(table, arena, diag);
	if (good && !table->row_count) {
		diag_error(diag, range_of_line(text, line), "the table of cases has no rows");
		diag_hint(diag, "a row is indented, and begins with a letter or with '\"'");
	}
	return good && table->row_count;
}

void cases_define(const struct case_table *table, size_t row, struct arena *arena,
                  struct defines *defines)
{
	for (size_t i = 0; i < table->column_count; i++)
		defines_add(defines, arena,
		            arena_printf(arena, "%s=%s", table->columns[i].name,
		                         table->rows[row].cells[i]),
		            true);
}
