#include "author/changes.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/edited.h"
#include "verdict/home.h"

/* ---- places ---- */

static const char *place_name(struct changes *changes, const struct sources *sources,
                              struct range range)
{
	struct location location;

	if (!range.end || !sources_locate(sources, range.begin, &location))
		return "the script";
	return arena_printf(changes->arena, "%s:%u", location.path, location.line);
}

/* ---- what a play has said ---- */

static const char *trouble_of(struct changes *changes, const struct judged *judged)
{
	const struct edits *edits = &judged->verdict->evidence->edits;
	struct range where = edits->reason.end ? edits->reason : judged->verdict->line;

	if (edits->hopeless)
		return arena_printf(changes->arena, "%s: no line can express what came (%s)",
		                    place_name(changes, judged->home.sources, where),
		                    *judged->verdict->reason ? judged->verdict->reason
		                                             : "see the report");
	if (!edits->count && judged->verdict->kind != VERDICT_PASS)
		return arena_printf(changes->arena, "%s: %s",
		                    place_name(changes, judged->home.sources, where),
		                    judged->verdict->reason);
	return NULL;
}

/* The file that a place is in. NULL: it is in a text that stands for an action. */
static const struct source_text *file_of(const struct sources *sources, struct range range)
{
	const struct source_text *file;

	for (size_t i = 0; (file = sources_file(sources, i)); i++)
		if (range.begin >= file->base && range.end - file->base <= file->length)
			return file;
	return NULL;
}

/* The line as it would have to be. */
static const char *line_with(struct changes *changes, const struct source_text *file,
                             const struct edit *edit)
{
	struct edits *one = arena_alloc(changes->arena, sizeof(*one));
	uint32_t from = edit->where.begin - file->base, to = edit->where.end - file->base;

	if (edit->kind == EDIT_LINE)
		return edited_line(edit, file, edit->where.end ? edit->where : edit->next,
		                   changes->arena);
	one->list[0] = *edit;
	one->count = 1;
	while (from && file->text[from - 1] != '\n')
		from--;
	to += (uint32_t)strcspn(file->text + to, "\n");
	return edited_text(one, file, from, to, changes->arena);
}

static const char *foreign_place(struct changes *changes, const struct judged *judged,
                                 const struct edit *edit)
{
	struct range where = edit->where.end ? edit->where : edit->next;
	const struct source_text *file = file_of(judged->home.sources, where);
	const char *place = place_name(changes, judged->home.sources, where);

	if (!file || file->base == judged->home.text->base)
		return arena_printf(changes->arena,
		                    "%s: a word there stands for something else, which may "
		                    "stand elsewhere, too: change it by hand",
		                    place);
	return arena_printf(changes->arena,
	                    "%s would have to say '%s', and others may include that file: "
	                    "change it by hand",
	                    place, line_with(changes, file, edit));
}

static struct said *next_said(struct changes *changes)
{
	changes->list = arena_grown(changes->arena, changes->list, changes->count, &changes->room,
	                            sizeof(*changes->list));
	return &changes->list[changes->count++];
}

/* Copies a text so that it outlives the sources, at the same offsets. */
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

	keep_text(changes, judged->home.text);
	*said = (struct said){
		.name = arena_strdup(changes->arena, judged->name),
		.edits = arena_memdup(changes->arena, edits, sizeof(*edits)),
		.complete = judged->verdict->kind == VERDICT_PASS && !edits->cut_short,
		.reached = judged->verdict->line.begin,
		.trouble = trouble_of(changes, judged),
	};
	for (size_t i = 0; i < said->edits->count && !said->trouble; i++)
		if (!home_take(&judged->home, &said->edits->list[i]))
			said->trouble = foreign_place(changes, judged, &edits->list[i]);
}

/* ---- merging ---- */

/* Two lines for the same place are distinguished by their order. */
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

/* Numbers that the machine or the family chooses are left open where they differ. */
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

/*
 * A time in the text is from an earlier round: what is seen now was not seen then, so the time
 * becomes wider.
 */
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
		changes->arena, "%s:%u: no single line is right for all: %s wants '%s', %s %s%s%s",
		changes->text->path, line, a->name, edit->kind == EDIT_OUT ? "nothing" : edit->text,
		b->name, other ? "wants '" : "wants no change", other ? other->text : "",
		other ? "'" : "");
}

static void make_optional(struct edit *edit)
{
	char text[EDIT_TEXT];

	memcpy(text, edit->text, EDIT_TEXT);
	snprintf(edit->text, EDIT_TEXT, "maybe %.*s", EDIT_TEXT - 8, text);
}

/* Tells whether plays with the same name do not agree on a line: then it comes only sometimes. */
static bool comes_sometimes(const struct changes *changes, const struct edit *edit, size_t order)
{
	for (size_t i = 0; i < changes->count; i++)
		for (size_t k = 0; k < changes->count; k++) {
			const struct said *a = &changes->list[i], *b = &changes->list[k];

			if (!strcmp(a->name, b->name) && find_same(a->edits, edit, order) &&
			    b->complete && !find_same(b->edits, edit, order))
				return true;
		}
	return false;
}

/*
 * Takes what another play says about an edit into account. Returns false when the two do not agree.
 */
static bool agree(struct changes *changes, struct edit *edit, size_t order,
                  const struct said *other, const struct edit **wanted)
{
	uint32_t place = edit->where.end ? edit->where.begin : edit->next.begin;

	*wanted = find_same(other->edits, edit, order);
	if (!*wanted && (edit->kind == EDIT_TIME || (!other->complete && place >= other->reached)))
		return true;
	if (!*wanted && edit->kind == EDIT_LINE) {
		changes->unsure = true;
		return comes_sometimes(changes, edit, order);
	}
	if (!*wanted)
		return false;
	widen(edit, (*wanted)->from, (*wanted)->until);
	return edit->kind == EDIT_OUT || !strcmp(edit->text, (*wanted)->text) ||
	       generalise(edit->text, (*wanted)->text);
}

/* The cells of other rows do not concern it. */
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

		if (i != which && !agree(changes, &edit, order, &changes->list[i], &other) &&
		    (other || !is_of_row(changes, &edit)))
			return quarrel(changes, said, &changes->list[i], &edit, other);
	}
	if (edit.kind == EDIT_LINE && comes_sometimes(changes, &edit, order))
		make_optional(&edit);
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
