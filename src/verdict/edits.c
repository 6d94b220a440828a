#include "verdict/edits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/seconds.h"

enum {
	TICK = 4 * USEC_PER_MSEC,
	WHEEL = 8
}; /* the kernel's timer wheel is late by at most 1/8 of the time */

static struct edit *find(struct edits *edits, enum edit_kind kind, struct range where)
{
	/* There may be many lines at the same place. */
	for (size_t i = 0; i < edits->count && kind != EDIT_LINE; i++) {
		struct edit *edit = &edits->list[i];

		if (edit->kind == kind && edit->where.begin == where.begin &&
		    edit->where.end == where.end)
			return edit;
	}
	return NULL;
}

struct edit *edits_add(struct edits *edits, enum edit_kind kind, struct range where,
                       const char *format, ...)
{
	struct edit *edit = find(edits, kind, where);
	va_list args;

	if (!edit && edits->count == EDITS_MAX) {
		edits->cut_short = true;
		edit = &edits->list[EDITS_MAX - 1];
	} else if (!edit) {
		edit = &edits->list[edits->count++];
	}
	*edit = (struct edit){ .kind = kind, .where = where };
	va_start(args, format);
	int length = vsnprintf(edit->text, EDIT_TEXT, format, args);
	va_end(args);
	/* Half a value is of no use. */
	if (length >= EDIT_TEXT && kind != EDIT_OUT)
		edits_give_up(edits, where);
	return edit;
}

void edits_add_time(struct edits *edits, struct range where, bool absolute, usec_t came,
                    usec_t waited, usec_t tolerance)
{
	struct edit *edit = edits_add(edits, EDIT_TIME, where, "%s", "");

	edit->absolute = absolute;
	edits_narrowest(came, waited, tolerance, &edit->from, &edit->until);
}

void edits_give_up(struct edits *edits, struct range where)
{
	if (!edits->hopeless)
		edits->reason = where;
	edits->hopeless = true;
}

void edits_clear(struct edits *edits)
{
	edits->count = 0;
	edits->hopeless = edits->cut_short = false;
}

/* ---- times ---- */

/* Rounds to two digits: 208343 becomes 200000 or 210000. */
static usec_t rounded(usec_t time, bool up)
{
	usec_t unit = 1;

	while (time / unit >= 100)
		unit *= 10;
	return (time + (up ? unit - 1 : 0)) / unit * unit;
}

void edits_narrowest(usec_t came, usec_t waited, usec_t tolerance, usec_t *from, usec_t *until)
{
	usec_t timer = waited > came ? waited : came;

	*from = *until = 0;
	if (came <= tolerance)
		return;
	*from = rounded(came, false);
	*until = rounded(came + timer / WHEEL + TICK, true);
}

const char *edits_print_time(const struct edit *edit, char text[EDIT_TEXT])
{
	int (*print)(usec_t time, char *text) =
		edit->absolute ? seconds_print : seconds_print_short;
	const char *sign = edit->absolute ? "" : "+";
	char from[SECONDS_TEXT], until[SECONDS_TEXT];

	print(edit->from, from);
	print(edit->until, until);
	if (edit->until > edit->from)
		snprintf(text, EDIT_TEXT, "%s%s~%s%s", sign, from, sign, until);
	else
		snprintf(text, EDIT_TEXT, "%s%s", sign, from);
	return text;
}
