#include "verdict/edited.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of the text, and what replaces them. */
struct change {
	uint32_t begin, end;
	const char *text;
	size_t order; /* among those at the same place */
};

struct editing {
	const struct source_text *text;
	const struct edits *edits;
	struct arena *arena;
	struct change *changes;
	size_t count;
};

/* ---- places ---- */

static bool is_within(const struct source_text *text, struct range range)
{
	return range.end && range.begin >= text->base && range.end >= range.begin &&
	       range.end - text->base <= text->length;
}

static uint32_t line_begin(const struct source_text *text, uint32_t at)
{
	while (at && text->text[at - 1] != '\n')
		at--;
	return at;
}

/* The place behind the newline. */
static uint32_t line_end(const struct source_text *text, uint32_t at)
{
	const char *newline = memchr(text->text + at, '\n', text->length - at);

	return newline ? (uint32_t)(newline - text->text) + 1 : text->length;
}

/* The column, from 0, in which the action of an event begins. */
static int column_of(const struct source_text *text, struct range event)
{
	uint32_t at, begin;

	if (!is_within(text, event))
		return 0;
	begin = line_begin(text, event.begin - text->base);
	at = begin + (uint32_t)strspn(text->text + begin, " \t0123456789.+-~*");
	return (int)(at - begin);
}

struct range edited_value(const struct source_text *text, struct range words)
{
	const char *begin = text->text + (words.begin - text->base),
		   *end = text->text + (words.end - text->base), *at = end;
	const char *quote = memchr(begin, '"', (size_t)(end - begin));

	/* [N] */
	if (end - begin > 2 && *begin == '[' && end[-1] == ']')
		return (struct range){ words.begin + 1, words.end - 1 };
	if (quote)
		at = quote;
	else
		while (at > begin && !isspace((unsigned char)at[-1]) && at[-1] != '=')
			at--;
	return (struct range){ text->base + (uint32_t)(at - text->text), words.end };
}

const char *edited_newline(const char *text)
{
	const char *newline = strchr(text, '\n');

	return newline && newline > text && newline[-1] == '\r' ? "\r\n" : "\n";
}

/* ---- changes ---- */

static void change(struct editing *e, uint32_t begin, uint32_t end, const char *text)
{
	e->changes[e->count] = (struct change){ begin, end, text, e->count };
	e->count++;
}

static void change_words(struct editing *e, const struct edit *edit)
{
	struct range words = edit->where;
	uint32_t begin, end;

	if (edit->kind == EDIT_VALUE)
		words = edited_value(e->text, words);
	begin = words.begin - e->text->base;
	end = words.end - e->text->base;
	if (edit->kind == EDIT_BEHIND)
		begin = end;
	else if (!*edit->text)
		while (begin && strchr(" \t", e->text->text[begin - 1]))
			begin--;
	change(e, begin, end, edit->text);
}

const char *edited_line(const struct edit *line, const struct source_text *text,
                        struct range beside, struct arena *arena)
{
	char time[EDIT_TEXT];
	int column = column_of(text, beside);
	int width = (int)strlen(edits_print_time(line, time));

	return arena_printf(arena, "%s%*s%s", time, column > width ? column - width : 1, "",
	                    line->text);
}

/* Puts a line behind the event before it, or in front of the event after it. */
static void add_line(struct editing *e, const struct edit *edit)
{
	bool behind = is_within(e->text, edit->where);
	struct range beside = behind ? edit->where : edit->next;
	uint32_t at;

	if (!is_within(e->text, beside))
		return;
	at = behind ? line_end(e->text, beside.end - e->text->base)
	            : line_begin(e->text, beside.begin - e->text->base);
	bool closed = at == 0 || e->text->text[at - 1] == '\n';
	const char *newline = edited_newline(e->text->text);
	change(e, at, at,
	       arena_printf(e->arena, "%s%s%s", closed ? "" : newline,
	                    edited_line(edit, e->text, beside, e->arena), newline));
}

/* Tells whether the words of the event stand in a new line, too. */
static bool is_moved(const struct editing *e, const struct edit *edit)
{
	const char *words = e->text->text + (edit->where.begin - e->text->base);
	size_t length = edit->where.end - edit->where.begin;

	for (size_t i = 0; i < e->edits->count; i++) {
		const struct edit *line = &e->edits->list[i];

		if (line->kind == EDIT_LINE && strlen(line->text) == length &&
		    !strncmp(line->text, words, length))
			return true;
	}
	return false;
}

/* Makes each line of the event a comment; the first one also gets the reason. */
static void comment_out(struct editing *e, const struct edit *edit)
{
	uint32_t begin = line_begin(e->text, edit->where.begin - e->text->base);
	uint32_t end = line_end(e->text, edit->where.end - e->text->base);
	const char *reason = arena_printf(
		e->arena, "// %s: ", is_moved(e, edit) ? "it came earlier" : edit->text);

	for (uint32_t at = begin; at < end; at = line_end(e->text, at)) {
		change(e, at, at, reason);
		reason = "// ";
	}
}

static bool is_left_out(const struct edits *edits, const struct edit *edit)
{
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *out = &edits->list[i];

		if (out != edit && out->kind == EDIT_OUT && edit->kind != EDIT_LINE &&
		    edit->where.begin >= out->where.begin && edit->where.end <= out->where.end)
			return true;
	}
	return false;
}

static void add_edit(struct editing *e, const struct edit *edit)
{
	char time[EDIT_TEXT];

	if (edit->kind == EDIT_LINE) {
		add_line(e, edit);
		return;
	}
	if (!is_within(e->text, edit->where))
		return;
	if (edit->kind == EDIT_OUT)
		comment_out(e, edit);
	else if (edit->kind == EDIT_TIME)
		change(e, edit->where.begin - e->text->base, edit->where.end - e->text->base,
		       arena_strdup(e->arena, edits_print_time(edit, time)));
	else
		change_words(e, edit);
}

static int by_place(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* ---- the text ---- */

static size_t room_for(const struct edits *edits, const struct source_text *text)
{
	size_t lines = 1;

	for (const char *p = text->text; (p = strchr(p, '\n')); p++)
		lines++;
	return edits->count + lines;
}

static char *put(char *to, const char *text, size_t length)
{
	memcpy(to, text, length);
	return to + length;
}

/* The part of the text with its changes, of which none may overlap the one before it. */
static const char *put_together(const struct editing *e, uint32_t from, uint32_t to)
{
	size_t room = to - from + 1;
	uint32_t at = from;
	char *result, *end;

	for (size_t i = 0; i < e->count; i++)
		room += strlen(e->changes[i].text);
	result = end = arena_alloc(e->arena, room);
	for (size_t i = 0; i < e->count; i++) {
		const struct change *c = &e->changes[i];

		if (c->begin < at || c->end > to)
			continue;
		end = put(end, e->text->text + at, c->begin - at);
		end = put(end, c->text, strlen(c->text));
		at = c->end;
	}
	end = put(end, e->text->text + at, to - at);
	*end = '\0';
	return result;
}

const char *edited_text(const struct edits *edits, const struct source_text *text, uint32_t from,
                        uint32_t to, struct arena *arena)
{
	struct editing e = { .text = text, .edits = edits, .arena = arena };

	e.changes = arena_alloc(arena, room_for(edits, text) * sizeof(*e.changes));
	for (size_t i = 0; i < edits->count; i++)
		if (!is_left_out(edits, &edits->list[i]))
			add_edit(&e, &edits->list[i]);
	qsort(e.changes, e.count, sizeof(*e.changes), by_place);
	return put_together(&e, from, to);
}
