#include "author/changes.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/edited.h"

/* ---- places ---- */

static bool is_own(const struct source_text *text, struct range range)
{
	return range.begin >= text->base && range.end - text->base <= text->length;
}

static const char *place_name(struct changes *changes, const struct sources *sources,
                              struct range range)
{
	struct location location;

	if (!range.end || !sources_locate(sources, range.begin, &location))
		return "the script";
	return arena_printf(changes->arena, "%s:%u", location.path, location.line);
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The column of the table that is called by these words; -1: they are none. */
static int column_of(const struct judged *judged, struct range words)
{
	const char *word = judged->text->text + (words.begin - judged->text->base);
	size_t length = words.end - words.begin;

	for (size_t i = 0; judged->table->row_count && i < judged->table->column_count; i++)
		if (strlen(judged->table->columns[i].name) == length &&
		    !strncmp(judged->table->columns[i].name, word, length))
			return (int)i;
	return -1;
}

/* Where a cell of the row is written. */
static struct range cell_range(const struct judged *judged, int column)
{
	const struct script_case *row = &judged->table->rows[judged->row];
	const char *text = judged->text->text;
	const char *at = text + (row->where.begin - judged->text->base);

	for (int i = 0; i < column; i++) {
		at += strspn(at, " \t");
		at += strlen(row->cells[i]);
	}
	at += strspn(at, " \t");
	uint32_t begin = judged->text->base + (uint32_t)(at - text);
	return (struct range){ begin, begin + (uint32_t)strlen(row->cells[column]) };
}

/* Is there a word in these that stands for something else? */
static bool has_defined(const struct judged *judged, struct range words)
{
	const char *at = judged->text->text + (words.begin - judged->text->base);
	const char *end = judged->text->text + (words.end - judged->text->base);

	while (at < end) {
		const char *word = at;
		struct range place;
		char define[64];

		while (at < end && is_word_char(*at))
			at++;
		place.begin = judged->text->base + (uint32_t)(word - judged->text->text);
		place.end = judged->text->base + (uint32_t)(at - judged->text->text);
		snprintf(define, sizeof(define), "define=%.*s=", (int)(at - word), word);
		if (at > word &&
		    (column_of(judged, place) >= 0 || strstr(judged->text->text, define)))
			return true;
		at += at == word;
	}
	return false;
}

/* A value that stands in the row of the table is changed there. */
static bool into_row(const struct judged *judged, struct edit *edit)
{
	struct range words = edit->where;
	int column;

	if (edit->kind == EDIT_VALUE)
		words = edited_value(judged->text, words);
	column = edit->kind == EDIT_VALUE || edit->kind == EDIT_WORDS ? column_of(judged, words)
	                                                              : -1;
	if (column >= 0) {
		edit->kind = EDIT_WORDS;
		edit->where = cell_range(judged, column);
		return true;
	}
	return edit->kind == EDIT_LINE || edit->kind == EDIT_OUT || edit->kind == EDIT_BEHIND ||
	       !has_defined(judged, words);
}

/* ---- texts within the text ---- */

enum { INNER_FRONT = 3 }; /* "+0 ", which a text that stands for an action begins with */

/* What stands for an action: a string, or a word that is one in the row of the table. */
static bool string_of(const struct judged *judged, struct range origin, struct range *string)
{
	int column;

	if (!is_own(judged->text, origin))
		return false;
	*string = origin;
	column = column_of(judged, origin);
	if (column >= 0)
		*string = cell_range(judged, column);
	const char *text = judged->text->text + (string->begin - judged->text->base);
	size_t length = string->end - string->begin;
	/* With an escape in it places in it are others than in what it stands for. */
	return *text == '"' && !memchr(text, '\\', length);
}

static bool out_of_inner(const struct judged *judged, struct range *range, bool whole)
{
	const struct source_text *inner;
	struct range origin, string;

	if (!range->end || is_own(judged->text, *range))
		return true;
	if (!sources_origin(judged->sources, range->begin, &origin, &inner) ||
	    !string_of(judged, origin, &string))
		return false;
	if (whole) {
		*range = string;
		return true;
	}
	range->begin = string.begin + 1 + (range->begin - inner->base - INNER_FRONT);
	range->end = string.begin + 1 + (range->end - inner->base - INNER_FRONT);
	return range->end < string.end;
}

/* A line is put beside the event's own, whatever stands in that for an action. */
static bool beside_origin(const struct judged *judged, struct range *range)
{
	const struct source_text *inner;
	struct range origin;

	if (!range->end || is_own(judged->text, *range))
		return true;
	if (!sources_origin(judged->sources, range->begin, &origin, &inner) ||
	    !is_own(judged->text, origin))
		return false;
	*range = origin;
	return true;
}

/* Into the places of the script's own text. False: it is not written there. */
static bool take_home(const struct judged *judged, struct edit *edit)
{
	bool inner = edit->where.end && !is_own(judged->text, edit->where);

	if (edit->kind == EDIT_LINE) {
		bool behind = beside_origin(judged, &edit->where),
		     before = beside_origin(judged, &edit->next);

		if (!behind)
			edit->where = (struct range){ 0, 0 };
		return behind ? edit->where.end || edit->next.end : before && edit->next.end;
	}
	if (edit->kind == EDIT_OUT && inner) {
		edit->kind = EDIT_WORDS;
		snprintf(edit->text, EDIT_TEXT, "\"\"");
		return out_of_inner(judged, &edit->where, true);
	}
	/* What would need an escape there is left to people. */
	if (inner && strpbrk(edit->text, "\"\\"))
		return false;
	return out_of_inner(judged, &edit->where, false) && (inner || into_row(judged, edit));
}

/* ---- what a play said ---- */

static const char *trouble_of(struct changes *changes, const struct judged *judged)
{
	const struct edits *edits = &judged->verdict->evidence->edits;
	struct range where = edits->reason.end ? edits->reason : judged->verdict->line;

	if (edits->hopeless)
		return arena_printf(changes->arena, "%s: no line can say what came (%s)",
		                    place_name(changes, judged->sources, where),
		                    *judged->verdict->reason ? judged->verdict->reason
		                                             : "see the report");
	if (!edits->count && judged->verdict->kind != VERDICT_PASS)
		return arena_printf(changes->arena, "%s: %s",
		                    place_name(changes, judged->sources, where),
		                    judged->verdict->reason);
	return NULL;
}

static const char *foreign_place(struct changes *changes, const struct judged *judged,
                                 const struct edit *edit)
{
	struct range where = edit->where.end ? edit->where : edit->next;
	struct location location;
	char time[EDIT_TEXT];

	if (!sources_locate(judged->sources, where.begin, &location))
		return "a change has no place";
	return arena_printf(changes->arena,
	                    "%s:%u would have to say '%s', and %s: it is yours to change",
	                    location.path, location.line,
	                    edit->kind == EDIT_TIME  ? edits_print_time(edit, time)
	                    : edit->kind == EDIT_OUT ? "//"
	                                             : edit->text,
	                    strcmp(location.path, judged->text->path)
	                            ? "others may include that file"
	                            : "what stands there stands for something else");
}

static struct said *next_said(struct changes *changes)
{
	if (changes->count == changes->room) {
		struct said *old = changes->list;

		changes->room = changes->room ? 2 * changes->room : 16;
		changes->list = arena_alloc(changes->arena, changes->room * sizeof(*old));
		if (changes->count)
			memcpy(changes->list, old, changes->count * sizeof(*old));
	}
	return &changes->list[changes->count++];
}

/* A text that outlives the sources, in the same place. */
static void keep_text(struct changes *changes, const struct source_text *text)
{
	struct source_text *copy;

	if (changes->text)
		return;
	copy = arena_memdup(changes->arena, text, sizeof(*text));
	copy->text = arena_strdup(changes->arena, text->text);
	copy->path = arena_strdup(changes->arena, text->path);
	changes->text = copy;
}

void changes_add(struct changes *changes, const struct judged *judged)
{
	const struct edits *edits = &judged->verdict->evidence->edits;
	struct said *said = next_said(changes);

	keep_text(changes, judged->text);
	*said = (struct said){
		.name = arena_strdup(changes->arena, judged->name),
		.edits = arena_memdup(changes->arena, edits, sizeof(*edits)),
		.complete = judged->verdict->kind == VERDICT_PASS && !edits->cut_short,
		.reached = judged->verdict->line.begin,
		.trouble = trouble_of(changes, judged),
	};
	for (size_t i = 0; i < said->edits->count && !said->trouble; i++)
		if (!take_home(judged, &said->edits->list[i]))
			said->trouble = foreign_place(changes, judged, &edits->list[i]);
}

/* ---- merging ---- */

/* Two lines for one place are told apart by their order. */
static const struct edit *find_same(const struct edits *edits, const struct edit *edit,
                                    size_t order)
{
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *other = &edits->list[i];

		if (other->kind == edit->kind && other->where.begin == edit->where.begin &&
		    other->where.end == edit->where.end && order-- == 0)
			return other;
	}
	return NULL;
}

static size_t order_of(const struct edits *edits, size_t index)
{
	const struct edit *edit = &edits->list[index];
	size_t order = 0;

	for (size_t i = 0; i < index; i++)
		order += edits->list[i].kind == edit->kind &&
		         edits->list[i].where.begin == edit->where.begin &&
		         edits->list[i].where.end == edit->where.end;
	return order;
}

/* Numbers that are the machine's or the family's choice are left open where they differ. */
static bool may_be_open(const char *text, size_t at)
{
	static const char *const words[] = { "mss ", "win ", "wscale " };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t length = strlen(words[i]);

		if (at >= length && !strncmp(text + at - length, words[i], length))
			return true;
	}
	return false;
}

static bool generalise(char text[EDIT_TEXT], const char *other)
{
	char result[EDIT_TEXT];
	size_t i = 0, k = 0, used = 0;

	while (text[i] || other[k]) {
		if (may_be_open(text, i) && may_be_open(other, k) &&
		    (text[i] == '*' || isdigit((unsigned char)text[i]))) {
			size_t a = text[i] == '*' ? 1 : strspn(text + i, "0123456789"),
			       b = other[k] == '*' ? 1 : strspn(other + k, "0123456789");

			bool alike = a == b && !strncmp(text + i, other + k, a);
			used += (size_t)snprintf(result + used, sizeof(result) - used, "%.*s",
			                         alike ? (int)a : 1, alike ? text + i : "*");
			i += a, k += b;
			continue;
		}
		if (text[i] != other[k])
			return false;
		result[used++] = text[i];
		i++, k++;
	}
	result[used] = '\0';
	memcpy(text, result, used + 1);
	return true;
}

static void widen(struct edit *edit, usec_t from, usec_t until)
{
	if (edit->own)
		return;
	edit->from = from < edit->from ? from : edit->from;
	edit->until = until > edit->until ? until : edit->until;
}

/* A time that stands in the text is from an earlier round: what is seen now was not seen then. */
static void widen_by_text(const struct changes *changes, struct edit *edit)
{
	const char *at = changes->text->text + (edit->where.begin - changes->text->base);
	char *end;
	double from = strtod(at + (*at == '+'), &end), until = from;

	if (*end == '~')
		until = strtod(end + 1 + (end[1] == '+'), &end);
	widen(edit, (usec_t)(from * USEC_PER_SEC + .5), (usec_t)(until * USEC_PER_SEC + .5));
}

static const char *quarrel(struct changes *changes, const struct said *a, const struct said *b,
                           const struct edit *edit, const struct edit *other)
{
	struct range where = edit->where.end ? edit->where : edit->next;
	unsigned line = 1;

	for (uint32_t i = 0; i < where.begin - changes->text->base; i++)
		line += changes->text->text[i] == '\n';
	return arena_printf(
		changes->arena, "%s:%u: no one line is right for all: %s wants '%s', %s %s%s%s",
		changes->text->path, line, a->name, edit->kind == EDIT_OUT ? "nothing" : edit->text,
		b->name, other ? "wants '" : "is content with what is there",
		other ? other->text : "", other ? "'" : "");
}

static void make_optional(struct edit *edit)
{
	char text[EDIT_TEXT];

	memcpy(text, edit->text, EDIT_TEXT);
	snprintf(edit->text, EDIT_TEXT, "maybe %.*s", EDIT_TEXT - 8, text);
}

/* Takes the other's say on an edit into account. False: they do not agree. */
static bool agree(struct edit *edit, size_t order, const struct said *other,
                  const struct edit **wanted)
{
	uint32_t place = edit->where.end ? edit->where.begin : edit->next.begin;

	*wanted = find_same(other->edits, edit, order);
	/* What comes only sometimes may come. */
	if (!*wanted && edit->kind == EDIT_LINE) {
		if (strncmp(edit->text, "maybe ", 6) && other->complete)
			make_optional(edit);
		return true;
	}
	if (!*wanted)
		return edit->kind == EDIT_TIME || (!other->complete && place >= other->reached);
	widen(edit, (*wanted)->from, (*wanted)->until);
	return edit->kind == EDIT_OUT || !strcmp(edit->text, (*wanted)->text) ||
	       generalise(edit->text, (*wanted)->text);
}

/* Cells of other rows are none of its business. */
static bool is_of_row(const struct changes *changes, const struct edit *edit)
{
	const char *text = changes->text->text;
	uint32_t at = edit->where.begin - changes->text->base;

	if (edit->kind != EDIT_WORDS)
		return false;
	while (at && text[at - 1] != '\n')
		at--;
	return (text[at] == ' ' || text[at] == '\t') && cases_is_row(text + at);
}

static const char *merge_one(struct changes *changes, size_t which, size_t index,
                             struct edits *merged)
{
	const struct said *said = &changes->list[which];
	struct edit edit = said->edits->list[index];
	size_t order = order_of(said->edits, index);

	if (find_same(merged, &edit, order))
		return NULL;
	if (changes->widen && edit.kind == EDIT_TIME)
		widen_by_text(changes, &edit);
	for (size_t i = 0; i < changes->count; i++) {
		const struct edit *other = NULL;

		if (i != which && !agree(&edit, order, &changes->list[i], &other) &&
		    (other || !is_of_row(changes, &edit)))
			return quarrel(changes, said, &changes->list[i], &edit, other);
	}
	if (merged->count < EDITS_MAX)
		merged->list[merged->count++] = edit;
	return NULL;
}

const struct edits *changes_merge(struct changes *changes, const char **why)
{
	struct edits *merged = arena_alloc(changes->arena, sizeof(*merged));

	*why = NULL;
	for (size_t i = 0; i < changes->count && !*why; i++)
		*why = changes->list[i].trouble;
	for (size_t i = 0; i < changes->count && !*why; i++)
		for (size_t k = 0; k < changes->list[i].edits->count && !*why; k++)
			*why = merge_one(changes, i, k, merged);
	return *why ? NULL : merged;
}
