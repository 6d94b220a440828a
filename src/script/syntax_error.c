#include "script/syntax_error.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "script/habits.h"

/* Writes what stands at a place, for "syntax error at ...". */
static void print_written(const struct parsing *p, struct range where, char *out, size_t size)
{
	uint32_t from = where.begin - p->text->base;
	int length = (int)(where.end - where.begin);

	if (from >= p->text->length || length <= 0)
		snprintf(out, size, "the end of the text");
	else if (length > 40)
		snprintf(out, size, "'%.37s...'", p->text->text + from);
	else
		snprintf(out, size, "'%.*s'", length, p->text->text + from);
}

/*
 * Tells whether an event begins where the one before should continue. Then the one before is not
 * complete, and *where becomes its end.
 */
static bool after_line(const struct parsing *p, struct range *where)
{
	const char *text = p->text->text;
	uint32_t at = where->begin - p->text->base;

	if (at >= p->text->length ? !at : !at || text[at - 1] != '\n')
		return false;
	while (at && isspace((unsigned char)text[at - 1]))
		at--;
	where->begin = where->end = p->text->base + at;
	return true;
}

static bool first_on_line(const struct parsing *p, struct range where)
{
	const char *text = p->text->text;
	uint32_t at = where.begin - p->text->base;

	while (at && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	return !at || text[at - 1] == '\n';
}

/* "number, word or '('" */
static void list_names(const char *const *names, size_t count, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s",
		                         i == 0           ? ""
		                         : i == count - 1 ? " or "
		                                          : ", ",
		                         names[i]);
}

/* Returns the hint for the line of the error. */
static const char *habit_at(const struct parsing *p, struct range where)
{
	const char *text = p->text->text, *line;
	uint32_t at = where.begin - p->text->base;

	if (at > p->text->length)
		return NULL;
	for (line = text + at; line > text && line[-1] != '\n';)
		line--;
	return habit_of_line(line, strcspn(line, "\n"));
}

void syntax_error(struct parsing *p, struct range where, bool complete, const char *const *names,
                  size_t count)
{
	char written[64], list[256];

	p->within_event = !complete;
	if (!complete && after_line(p, &where))
		snprintf(written, sizeof(written), "the end of the line");
	else
		print_written(p, where, written, sizeof(written));
	list_names(names, count, list, sizeof(list));
	diag_error(p->diag, where, "syntax error at %s%s%s", written, *list ? ": expected " : "",
	           list);
	const char *habit = habit_at(p, where);
	if (habit)
		diag_hint(p->diag, "%s", habit);
	else if (complete)
		diag_hint(p->diag, first_on_line(p, where)
		                           ? "an event begins with its time, like +0"
		                           : "what stands before this is complete");
}
