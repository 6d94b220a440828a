#include "script/layout.h"

#include <ctype.h>
#include <string.h>

#include "script/directives.h"

enum { COLUMNS_MAX = 64, CELL_GAP = 2 };

/* What surrounds text that must not be changed. */
enum enclosure { ENCLOSED_NOT, ENCLOSED_COMMENT, ENCLOSED_CODE, ENCLOSED_COMMAND };

struct layout {
	struct arena *arena;
	char *out; /* has room for the whole result */
	size_t length;
	size_t column;            /* where all actions begin */
	enum enclosure enclosure; /* what the next line begins in */
	int depth;                /* open brackets at the beginning of the next line */
	bool aligned;             /* whether the table of cases already is in columns */
	bool blank;               /* whether the line before is blank, or there is none */
};

/* ---- looking at a line ---- */

static size_t line_length(const char *line)
{
	return strcspn(line, "\n");
}

static size_t without_trailing(const char *line, size_t length)
{
	while (length && isspace((unsigned char)line[length - 1]))
		length--;
	return length;
}

/*
 * The length of the time at the beginning of a line, with the end of a call that blocks; 0 when
 * there is none.
 */
static size_t time_length(const char *text)
{
	size_t length = strspn(text, "+-*.~0123456789");
	bool word = length && (isalpha((unsigned char)text[length]) || text[length] == '_') &&
	            strchr("+~.", text[length - 1]);

	if (word) /* a word that is defined as a time */
		length += strspn(text + length, "+-.~_"
		                                "0123456789"
		                                "abcdefghijklmnopqrstuvwxyz"
		                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (!length && (isalpha((unsigned char)*text) || *text == '_'))
		return 0;
	return text[length] == ' ' || text[length] == '\t' ? length : 0;
}

/* Whether an action begins here that can be moved. In "+0 ~ +1" the time goes on. */
static bool is_event(const char *text)
{
	size_t length = time_length(text);
	const char *action = text + length + strspn(text + length, " \t");

	return length && strncmp(text, "--", 2) && *action && !strchr("~\n", *action) &&
	       strncmp(action, "//", 2);
}

static bool is_directive(const struct layout *layout, const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length && directive_find(arena_strndup(layout->arena, text, length));
}

/* The length of a string with its quotes. */
static size_t string_length(const char *text)
{
	size_t i = 1;

	while (text[i] && text[i] != '\n' && text[i] != '"')
		i += text[i] == '\\' && text[i + 1] && text[i + 1] != '\n' ? 2 : 1;
	return i + (text[i] == '"');
}

/*
 * The length of the comment, code block or command at `text`, when it does not go on beyond `end`;
 * 0 when there is none.
 */
static size_t enclosed_length(const char *text, const char *end, enum enclosure *enclosure)
{
	static const struct {
		const char *begin, *end;
	} rows[] = {
		[ENCLOSED_COMMENT] = { "/*", "*/" },
		[ENCLOSED_CODE] = { "%{", "}%" },
		[ENCLOSED_COMMAND] = { "`", "`" },
	};
	const char *from = text, *close;
	enum enclosure inside = *enclosure;

	if (!inside && !strncmp(text, "//", 2))
		return (size_t)(end - text);
	if (!inside && *text == '"')
		return string_length(text);
	for (size_t i = ENCLOSED_COMMENT; !inside && i < sizeof(rows) / sizeof(*rows); i++)
		if (!strncmp(text, rows[i].begin, strlen(rows[i].begin))) {
			inside = (enum enclosure)i;
			from = text + strlen(rows[i].begin);
		}
	if (!inside)
		return 0;
	close = strstr(from, rows[inside].end);
	*enclosure = close && close < end ? ENCLOSED_NOT : inside;
	return *enclosure ? (size_t)(end - text)
	                  : (size_t)(close - text) + strlen(rows[inside].end);
}

/* ---- where actions begin ---- */

/*
 * Follows a line to its end, and keeps account of open brackets and of what encloses the text
 * there.
 */
static void pass_line(struct layout *layout, const char *line, size_t length)
{
	const char *end = line + length;

	for (const char *p = line; p < end;) {
		size_t enclosed = enclosed_length(p, end, &layout->enclosure);

		if (!enclosed) {
			layout->depth += strchr("([{", *p) ? 1 : strchr(")]}", *p) ? -1 : 0;
			enclosed = 1;
		}
		p += enclosed;
	}
	if (layout->depth < 0)
		layout->depth = 0;
}

/*
 * Whether the line can be laid out: it does not begin within something that began on a line before.
 */
static bool is_free(const struct layout *layout)
{
	return !layout->enclosure && !layout->depth;
}

static const char *first_word(const char *line)
{
	return line + strspn(line, " \t");
}

static bool in_table(const struct case_table *table, const char *line)
{
	return table->begin && line >= table->begin && line < table->end;
}

/* The column at which most actions begin. */
static size_t choose_column(struct layout layout, const char *text, const struct case_table *table)
{
	unsigned counts[COLUMNS_MAX] = { 0 };
	size_t best = 0;

	for (const char *line = text; *line; line += *line == '\n') {
		const char *word = first_word(line);

		if (is_free(&layout) && !in_table(table, line) && is_event(word)) {
			size_t time = time_length(word);
			size_t at = (size_t)(first_word(word + time) - line);

			counts[at < COLUMNS_MAX ? at : 0]++;
		}
		pass_line(&layout, line, line_length(line));
		line += line_length(line);
	}
	for (size_t i = 1; i < COLUMNS_MAX; i++)
		if (counts[i] > (best ? counts[best] : 0))
			best = i;
	return best;
}

/* ---- writing ---- */

static void put(struct layout *layout, const char *text, size_t length)
{
	memcpy(layout->out + layout->length, text, length);
	layout->length += length;
}

static void put_blanks(struct layout *layout, size_t count)
{
	memset(layout->out + layout->length, ' ', count);
	layout->length += count;
}

static void end_line(struct layout *layout)
{
	while (layout->length &&
	       (layout->out[layout->length - 1] == ' ' || layout->out[layout->length - 1] == '\t'))
		layout->length--;
	layout->out[layout->length++] = '\n';
}

static bool ends_with(const struct layout *layout, char c)
{
	return layout->length && layout->out[layout->length - 1] == c;
}

/*
 * Whether this '=' stands before a result. It may also be that of a field, of an outer header, or a
 * part of "==".
 */
static bool is_result_sign(const struct layout *layout, const char *p)
{
	return *p == '=' && !layout->depth && p[1] != '=' && p[-1] != '=';
}

/* Replaces several blanks by one, but not before a comment, which may be in a column of its own. */
static size_t put_gap(struct layout *layout, const char *p, const char *end)
{
	size_t blanks = strspn(p, " \t");

	if (p + blanks < end && (!strncmp(p + blanks, "//", 2) || !strncmp(p + blanks, "/*", 2)))
		put(layout, p, blanks);
	else if (!ends_with(layout, ' '))
		put_blanks(layout, 1);
	return blanks;
}

static void put_action(struct layout *layout, const char *action, const char *end)
{
	for (const char *p = action; p < end;) {
		size_t length = enclosed_length(p, end, &layout->enclosure);

		if (length) {
			put(layout, p, length);
			p += length;
			continue;
		}
		if (*p == ' ' || *p == '\t') {
			p += put_gap(layout, p, end);
			continue;
		}
		bool result = is_result_sign(layout, p) && p > action;
		layout->depth += strchr("([{", *p) ? 1 : strchr(")]}", *p) ? -1 : 0;
		if (result && !ends_with(layout, ' '))
			put_blanks(layout, 1);
		put(layout, p, 1);
		if (result || (*p == ',' && layout->depth > 0))
			put_blanks(layout, p + 1 < end && p[1] != ' ' && p[1] != '\t');
		p++;
	}
	if (layout->depth < 0)
		layout->depth = 0;
}

static void put_event(struct layout *layout, const char *line, const char *end)
{
	size_t time = time_length(line);

	put(layout, line, time);
	put_blanks(layout, layout->column > time ? layout->column - time : 1);
	put_action(layout, first_word(line + time), end);
}

/* ---- the table of cases ---- */

/*
 * The length of the next cell of a row. It is 0 at the end, behind which only a comment can stand.
 */
static size_t cell_length(const char *cell)
{
	if (!strncmp(cell, "//", 2) || *cell == '\n')
		return 0;
	return *cell == '"' ? string_length(cell) : strcspn(cell, " \t\r\n");
}

static size_t width_of_column(const struct case_table *table, size_t column)
{
	size_t width = strlen(table->columns[column].name);

	for (size_t i = 0; i < table->row_count; i++) {
		size_t length = strlen(table->rows[i].cells[column]);

		width = length > width ? length : width;
	}
	return width;
}

static void put_row(struct layout *layout, const char *cells, const char *end,
                    const struct case_table *table)
{
	const char *p = first_word(cells);
	size_t length;

	for (size_t i = 0; i < table->column_count && (length = cell_length(p)); i++) {
		put(layout, p, length);
		put_blanks(layout, width_of_column(table, i) - length + CELL_GAP);
		p = first_word(p + length);
	}
	put(layout, p, (size_t)(end - p));
}

/*
 * With `note`, notes where the cells of a row begin. Without it, tells whether they begin at the
 * noted places.
 */
static bool is_below(const char *line, const char *cells, size_t count, size_t *places, bool note)
{
	const char *p = first_word(cells);
	size_t length;

	for (size_t i = 0; i < count && (length = cell_length(p)); i++) {
		if (note)
			places[i] = (size_t)(p - line);
		if (places[i] != (size_t)(p - line))
			return false;
		p = first_word(p + length);
	}
	return true;
}

/* A table whose cells already are in columns is left alone. */
static bool table_is_aligned(const char *text, const struct case_table *table)
{
	size_t places[CASE_COLUMNS];
	const char *header = table->begin;

	while (header > text && header[-1] != '\n')
		header--;
	bool aligned = is_below(header, table->begin, table->column_count, places, true);
	for (const char *line = table->begin; aligned && line < table->end;) {
		line += line_length(line);
		line += *line == '\n';
		if (line < table->end && strncmp(first_word(line), "//", 2))
			aligned = is_below(line, line, table->column_count, places, false);
	}
	return aligned && header == first_word(header);
}

static void put_table_line(struct layout *layout, const char *line, const char *end,
                           const struct case_table *table)
{
	static const char word[] = "cases";
	const char *first = first_word(line);

	if (!strncmp(first, "//", 2) || layout->aligned) {
		put(layout, line, (size_t)(end - line));
		return;
	}
	if (first <= table->begin && table->begin < end) {
		put(layout, word, sizeof(word) - 1);
		put_blanks(layout, CELL_GAP);
		put_row(layout, table->begin, end, table);
		return;
	}
	put_blanks(layout, sizeof(word) - 1 + CELL_GAP);
	put_row(layout, line, end, table);
}

/* ---- the whole script ---- */

/*
 * A line that is within a comment, code block or command, or that continues an event, stays as it
 * is.
 */
static void put_kept(struct layout *layout, const char *line, size_t length)
{
	put(layout, line, length);
	pass_line(layout, line, length);
	if (layout->enclosure)
		layout->out[layout->length++] = '\n';
	else
		end_line(layout);
}

static void put_line(struct layout *layout, const char *line, size_t length,
                     const struct case_table *table)
{
	const char *word = first_word(line), *end = line + without_trailing(line, length);
	bool header = table->begin && line < table->begin && table->begin <= line + length;

	if (!is_free(layout)) {
		put_kept(layout, line, length);
		return;
	}
	if (header || (in_table(table, line) && end > line))
		put_table_line(layout, line, end, table);
	else if (end > line && is_event(word))
		put_event(layout, word, end);
	else if (end > line && is_directive(layout, word))
		put(layout, word, (size_t)(end - word));
	else {
		put_kept(layout, line, length);
		return;
	}
	if (layout->enclosure) {
		put(layout, end, length - (size_t)(end - line));
		layout->out[layout->length++] = '\n';
	} else {
		end_line(layout);
	}
}

const char *layout_script(const struct source_text *text, const struct case_table *table,
                          struct arena *arena)
{
	struct layout layout = { .arena = arena, .blank = true };

	layout.aligned = table->begin && table_is_aligned(text->text, table);
	layout.column = choose_column(layout, text->text, table);
	/*
	 * The most that the text can grow: by blanks before each line, and by a blank at each byte.
	 */
	size_t lines = 1, widths = 0;
	for (const char *p = text->text; (p = strchr(p, '\n')); p++)
		lines++;
	for (size_t i = 0; i < table->column_count; i++)
		widths += width_of_column(table, i) + CELL_GAP;
	layout.out = arena_alloc(arena, 3 * (size_t)text->length +
	                                        lines * (layout.column + widths + 16) + 1);
	for (const char *line = text->text; *line;) {
		size_t length = line_length(line);
		bool blank = !without_trailing(line, length) && !layout.enclosure;

		if (!blank || !layout.blank)
			put_line(&layout, line, length, table);
		layout.blank = blank;
		line += length + (line[length] == '\n');
	}
	while (layout.length > 1 && layout.out[layout.length - 2] == '\n')
		layout.length--;
	layout.out[layout.length] = '\0';
	return layout.out;
}
