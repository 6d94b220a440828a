#include "verdict/edits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

/* ".2" (absolute: "0.2"), "1.5", "0" */
static int print_seconds(usec_t time, bool absolute, char *text, size_t size)
{
	int length = snprintf(text, size, "%" PRId64 ".%06" PRId64, (int64_t)(time / USEC_PER_SEC),
	                      (int64_t)(time % USEC_PER_SEC));

	while (length > 1 && text[length - 1] == '0')
		text[--length] = '\0';
	if (text[length - 1] == '.')
		text[--length] = '\0';
	if (!absolute && text[0] == '0' && text[1] == '.')
		memmove(text, text + 1, (size_t)length--);
	return length;
}

const char *edits_print_time(const struct edit *edit, char text[EDIT_TEXT])
{
	const char *sign = edit->absolute ? "" : "+";
	int used = snprintf(text, EDIT_TEXT, "%s", sign);

	used += print_seconds(edit->from, edit->absolute, text + used, 64);
	if (edit->until > edit->from) {
		used += snprintf(text + used, 64, "~%s", sign);
		print_seconds(edit->until, edit->absolute, text + used, 64);
	}
	return text;
}
