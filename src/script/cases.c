#include "script/cases.h"

#include <ctype.h>
#include <string.h>

#include "script/directives.h"

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r");
}

static bool at_comment(const char *p)
{
	return p[0] == '/' && p[1] == '/';
}

/* Rows are indented, and begin with a word; the next event begins with a time or a sign. */
bool cases_is_row(const char *line)
{
	const char *p = skip_blanks(line);
	if (at_comment(p) && p != line)
		return true;
	return p != line && (isalpha((unsigned char)*p) || *p == '"' || *p == '_');
}

const char *cases_begin(const char *text)
{
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		const char *p = skip_blanks(line);
		if (strncmp(p, "cases", 5) == 0 && (!p[5] || isspace((unsigned char)p[5])))
			return p + 5;
	}
	return NULL;
}

/* The next cell of a line; NULL at its end. */
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
		diag_error(diag, where, "a column is called by a word of letters, digits and '_'");
		return false;
	}
	while (column < table->columns + table->column_count && strcmp(column->name, name) != 0)
		column++;
	if (column->name) {
		diag_error(diag, where, "there are two columns called '%s'", name);
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
			good &= add_column(table, name, (struct range){ end - (uint32_t)strlen(name), end }, diag);
	}
	if (count > 0 && count <= CASE_COLUMNS)
		return good;
	diag_error(diag, range_of_line(text, line), "a table of cases has 1 to %d columns", CASE_COLUMNS);
	return false;
}

static const char *unquoted(const char *cell, struct arena *arena)
{
	size_t length = strlen(cell);
	return *cell == '"' && length >= 2 ? arena_strndup(arena, cell + 1, length - 2) : cell;
}

static bool read_row(const struct source_text *text, const char *line, struct arena *arena,
                     struct diag *diag, struct case_table *table)
{
	const char *cells[CASE_COLUMNS + 1] = { NULL };
	size_t count = read_cells(line, arena, cells);
	struct script_case *row = &table->rows[table->row_count];
	if (!count)
		return true;            /* a comment */
	row->where = range_of_line(text, line);
	if (count != table->column_count) {
		diag_error(diag, row->where, "this case has %zu cell%s, the table has %zu column%s", count,
		           count == 1 ? "" : "s", table->column_count, table->column_count == 1 ? "" : "s");
		return false;
	}
	memcpy(row->cells, cells, sizeof row->cells);
	row->name = unquoted(cells[0], arena);
	for (size_t i = 0; i < table->row_count; i++)
		if (strcmp(table->rows[i].name, row->name) == 0) {
			diag_error(diag, row->where, "there are two cases called '%s'", row->name);
			return false;
		}
	table->row_count++;
	return true;
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

bool cases_read(const struct source_text *text, struct arena *arena, struct diag *diag,
                struct case_table *table)
{
	const char *line = cases_begin(text->text);
	bool good = true;
	*table = (struct case_table){ .row_count = 0 };
	if (!line)
		return true;
	if (!read_columns(text, line, arena, diag, table))
		return false;
	table->rows = arena_alloc(arena, count_lines(line) * sizeof *table->rows);
	for (const char *p = line; (p = strchr(p, '\n')) && cases_is_row(p + 1); ) {
		p++;
		good &= read_row(text, p, arena, diag, table);
	}
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
		            arena_printf(arena, "%s=%s", table->columns[i].name, table->rows[row].cells[i]), true);
}
