#include "author/one_row.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "script/cases.h"

static bool read_table(const char *text, struct arena *arena, struct case_table *table)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct source_text *source = sources_add(sources, "", text, strlen(text));

	*table = (struct case_table){ 0 };
	return source && cases_read(source, arena, diag, table);
}

size_t one_row_count(const char *text, struct arena *arena)
{
	struct case_table table;

	return read_table(text, arena, &table) ? table.row_count : 0;
}

/* The lines of the table in `text`: from the one with "cases" to the one behind the last row. */
struct lines {
	const char *begin, *first_row, *end;
};

static const char *line_behind(const char *at)
{
	at += strcspn(at, "\n");
	return *at ? at + 1 : at;
}

static struct lines find_lines(const char *text)
{
	const char *begin = cases_begin(text);
	struct lines lines = { begin, line_behind(begin), NULL };

	while (lines.begin > text && lines.begin[-1] != '\n')
		lines.begin--;
	for (lines.end = lines.first_row; *lines.end && cases_is_row(lines.end);)
		lines.end = line_behind(lines.end);
	return lines;
}

static bool is_comment(const char *line)
{
	line += strspn(line, " \t");
	return line[0] == '/' && (line[1] == '/' || line[1] == '*');
}

const char *one_row_text(const char *text, struct arena *arena, size_t row)
{
	struct lines lines = find_lines(text);
	const char *at = lines.first_row, *behind;
	size_t number = 0;

	for (;; at = behind) {
		behind = line_behind(at);
		if (!is_comment(at) && number++ == row)
			break;
	}
	return arena_printf(arena, "%.*s%.*s%s", (int)(lines.first_row - text), text,
	                    (int)(behind - at), at, lines.end);
}

/* ---- cells in the place of names ---- */

static bool is_in_word(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_';
}

/* The cell that the name at `at` stands for; NULL: none. */
static const char *cell_at(const struct case_table *table, size_t row, const char *at,
                           size_t *length)
{
	for (*length = 0; is_in_word(at[*length]);)
		++*length;
	for (size_t i = 0; *length && i < table->column_count; i++)
		if (strlen(table->columns[i].name) == *length &&
		    !strncmp(table->columns[i].name, at, *length))
			return table->rows[row].cells[i];
	return NULL;
}

/* A string in the place of an action is that action. */
static void put_cell(FILE *out, const char *cell, bool is_action)
{
	size_t length = strlen(cell);

	if (!is_action || cell[0] != '"' || length < 2) {
		fputs(cell, out);
		return;
	}
	for (const char *p = cell + 1; p < cell + length - 1; p++) {
		p += *p == '\\' && p + 1 < cell + length - 1;
		putc(*p, out);
	}
}

/* The name that stands behind the time, when nothing else does; else NULL. */
static const char *whole_action(const char *line)
{
	const char *name = line + strcspn(line, " \t\n"), *rest;

	if (!strchr("+-.0123456789", *line))
		return NULL;
	name += strspn(name, " \t");
	for (rest = name; is_in_word(*rest);)
		rest++;
	rest += strspn(rest, " \t");
	return !*rest || *rest == '\n' || !strncmp(rest, "//", 2) ? name : NULL;
}

/* Strings and comments stay; an action that the row does not have goes with its line. */
static void put_line(FILE *out, const struct case_table *table, size_t row, const char *line)
{
	const char *end = line_behind(line), *action = whole_action(line), *cell;
	bool quoted = false;
	size_t length;

	cell = action ? cell_at(table, row, action, &length) : NULL;
	if (cell && !strcmp(cell, "\"\""))
		return;
	for (const char *p = line; p < end; p += length) {
		cell = cell_at(table, row, p, &length);
		if (cell && !quoted) {
			put_cell(out, cell, p == action);
			continue;
		}
		length = length ? length : 1;
		if (!quoted && p[0] == '/' && p[1] == '/')
			length = (size_t)(end - p);
		quoted ^= *p == '"';
		fwrite(p, 1, length, out);
	}
}

const char *one_row_written(const char *text, struct arena *arena, size_t row)
{
	struct lines lines = find_lines(text);
	struct case_table table;
	char *written = NULL;
	size_t size;

	read_table(text, arena, &table);
	FILE *out = open_memstream(&written, &size);
	if (!out)
		return text;
	fwrite(text, 1, (size_t)(lines.begin - text), out);
	for (const char *line = lines.end; *line; line = line_behind(line))
		put_line(out, &table, row, line);
	fclose(out);
	text = arena_strdup(arena, written);
	free(written);
	return text;
}
