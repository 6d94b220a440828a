#include "verdict/home.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "verdict/edited.h"

/* ---- words that stand for other words ---- */

static bool is_own(const struct source_text *text, struct range range)
{
	return range.begin >= text->base && range.end - text->base <= text->length;
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The column of the table whose name is these words; -1 when there is none. */
static int column_of(const struct home *home, struct range words)
{
	size_t length;
	const char *word = sources_written(home->sources, words, &length);

	for (size_t i = 0; word && home->table->row_count && i < home->table->column_count; i++)
		if (strlen(home->table->columns[i].name) == length &&
		    !strncmp(home->table->columns[i].name, word, length))
			return (int)i;
	return -1;
}

/* Where a cell of the row is written. */
static struct range cell_range(const struct home *home, int column)
{
	const struct script_case *row = &home->table->rows[home->row];
	const char *text = home->text->text;
	const char *at = text + (row->where.begin - home->text->base);

	for (int i = 0; i < column; i++) {
		at += strspn(at, " \t");
		at += strlen(row->cells[i]);
	}
	at += strspn(at, " \t");
	uint32_t begin = home->text->base + (uint32_t)(at - text);
	return (struct range){ begin, begin + (uint32_t)strlen(row->cells[column]) };
}

/* Tells whether the word is a column of the table, or is defined by --define=. */
static bool stands_for_other(const struct home *home, const char *word, size_t length)
{
	char define[64];

	for (size_t i = 0; home->table->row_count && i < home->table->column_count; i++)
		if (strlen(home->table->columns[i].name) == length &&
		    !strncmp(home->table->columns[i].name, word, length))
			return true;
	snprintf(define, sizeof(define), "define=%.*s=", (int)(length < 48 ? length : 48), word);
	return strstr(home->text->text, define) != NULL;
}

bool home_is_defined(const struct home *home, const struct source_text *text, struct range words)
{
	const char *at = text->text + (words.begin - text->base);
	const char *end = text->text + (words.end - text->base);

	while (at < end) {
		const char *word = at;

		while (at < end && is_word_char(*at))
			at++;
		if (at > word && stands_for_other(home, word, (size_t)(at - word)))
			return true;
		at += at == word;
	}
	return false;
}

/* Moves the edit of a value into the row of the table, if the value is there. */
static bool into_row(const struct home *home, struct edit *edit)
{
	struct range words = edit->where;
	int column;

	if (edit->kind == EDIT_VALUE)
		words = edited_value(home->text, words);
	column = edit->kind == EDIT_VALUE || edit->kind == EDIT_WORDS ? column_of(home, words) : -1;
	if (column >= 0) {
		edit->kind = EDIT_WORDS;
		edit->where = cell_range(home, column);
		return true;
	}
	return edit->kind == EDIT_LINE || edit->kind == EDIT_OUT || edit->kind == EDIT_BEHIND ||
	       !home_is_defined(home, home->text, words);
}

/* ---- texts within the text ---- */

enum { INNER_FRONT = 3 }; /* "+0 ", with which a text begins that stands for an action */

/*
 * Finds the string that stands for an action: a string in the text, or a word whose value in the
 * row is one.
 */
static bool string_of(const struct home *home, struct range origin, struct range *string)
{
	int column;

	*string = origin;
	column = column_of(home, origin);
	if (column >= 0)
		*string = cell_range(home, column);
	else if (!is_own(home->text, origin))
		return false;
	const char *text = home->text->text + (string->begin - home->text->base);
	size_t length = string->end - string->begin;
	/*
	 * With an escape in the string, places in it are not those in the text that it stands for.
	 */
	return *text == '"' && !memchr(text, '\\', length);
}

static bool out_of_inner(const struct home *home, struct range *range, bool whole)
{
	const struct source_text *inner;
	struct range origin, string;

	if (!range->end || is_own(home->text, *range))
		return true;
	if (!sources_origin(home->sources, range->begin, &origin, &inner) ||
	    !string_of(home, origin, &string))
		return false;
	if (whole) {
		*range = string;
		return true;
	}
	range->begin = string.begin + 1 + (range->begin - inner->base - INNER_FRONT);
	range->end = string.begin + 1 + (range->end - inner->base - INNER_FRONT);
	return range->end < string.end;
}

/*
 * A new line is put beside the event itself, also when something stands for the action of the
 * event.
 */
static bool beside_origin(const struct home *home, struct range *range)
{
	const struct source_text *inner;
	struct range origin;

	if (!range->end || is_own(home->text, *range))
		return true;
	if (!sources_origin(home->sources, range->begin, &origin, &inner) ||
	    !is_own(home->text, origin))
		return false;
	*range = origin;
	return true;
}

bool home_take(const struct home *home, struct edit *edit)
{
	bool inner = edit->where.end && !is_own(home->text, edit->where);

	if (edit->kind == EDIT_LINE) {
		bool behind = beside_origin(home, &edit->where),
		     before = beside_origin(home, &edit->next);

		if (!behind)
			edit->where = (struct range){ 0, 0 };
		return behind ? edit->where.end || edit->next.end : before && edit->next.end;
	}
	if (edit->kind == EDIT_OUT && inner) {
		edit->kind = EDIT_WORDS;
		snprintf(edit->text, EDIT_TEXT, "\"\"");
		return out_of_inner(home, &edit->where, true);
	}
	/* A text that would need an escape there is left to people. */
	if (inner && strpbrk(edit->text, "\"\\"))
		return false;
	return out_of_inner(home, &edit->where, false) && (inner || into_row(home, edit));
}
