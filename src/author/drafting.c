#include "author/drafting.h"

#include <netinet/in.h>
#include <stdarg.h>
#include <string.h>

#include "base/seconds.h"

enum {
	AT_ONCE = 3 * USEC_PER_MSEC, /* within the tolerance for a segment */
	TICK = 10 * USEC_PER_MSEC,   /* of a kernel's clock */
	ODD = 1 << 20,               /* further than this beyond what was sent is no window */
};

/* ---- questions ---- */

unsigned drafting_ask(struct drafting *d, enum question question, size_t packet, unsigned answers)
{
	struct draft *draft = d->draft;
	unsigned given = guess_answer(d->guess, question, (unsigned)packet);

	if (given >= answers) {
		draft->impossible = true;
		given = 0;
	}
	for (size_t i = 0; i < draft->asked_count; i++)
		if (draft->asked[i].question == question && draft->asked[i].packet == packet)
			return given;
	draft->asked = arena_grown(d->arena, draft->asked, draft->asked_count, &d->asked_room,
	                           sizeof(*draft->asked));
	draft->asked[draft->asked_count++] =
		(struct answer){ question, (unsigned)packet, given, answers };
	return given;
}

/* ---- lines ---- */

/* Less than half a millisecond counts as at once. */
static usec_t rounded(usec_t time)
{
	usec_t unit = time < 10 * USEC_PER_MSEC ? 100 : USEC_PER_MSEC;

	return time < USEC_PER_MSEC / 2 ? 0 : (time + unit / 2) / unit * unit;
}

/* "+.01" */
enum { TIME_TEXT = 1 + SECONDS_TEXT };
static const char *time_text(usec_t time, char text[TIME_TEXT])
{
	text[0] = '+';
	seconds_print_short(time, text + 1);
	return text;
}

static void begin_line(struct drafting *d, const char *when)
{
	struct draft *draft = d->draft;

	fflush(d->out);
	draft->lines = arena_grown(d->arena, draft->lines, draft->line_count, &d->line_room,
	                           sizeof(*draft->lines));
	draft->lines[draft->line_count++] =
		(struct draft_line){ (uint32_t)ftell(d->out), (unsigned)d->packet };
	fprintf(d->out, "%-7s ", when);
}

/* Something that the script does itself, at the time of the current packet. */
__attribute__((format(printf, 2, 3))) void drafting_action(struct drafting *d, const char *format,
                                                           ...)
{
	usec_t after = rounded(d->talk->packets[d->packet].at - d->clock);
	char when[TIME_TEXT];
	va_list args;

	begin_line(d, time_text(after > 0 ? after : 0, when));
	if (after > 0)
		d->clock += after;
	va_start(args, format);
	vfprintf(d->out, format, args);
	va_end(args);
	putc('\n', d->out);
}

void drafting_call(struct drafting *d, usec_t at, usec_t until, const char *text)
{
	usec_t after = rounded(at - d->clock);
	char when[2 * TIME_TEXT], end[TIME_TEXT];

	time_text(after > 0 ? after : 0, when);
	if (until > d->clock) {
		time_text(rounded(until - d->clock), end);
		strcat(when, end[1] == '.' ? "...0" : "...");
		strcat(when, end + 1);
	}
	begin_line(d, when);
	fprintf(d->out, "%s\n", text);
	if (after > 0)
		d->clock += after;
}

void drafting_comment(struct drafting *d, const char *format, ...)
{
	va_list args;

	fputs("// ", d->out);
	va_start(args, format);
	vfprintf(d->out, format, args);
	va_end(args);
	putc('\n', d->out);
}

/*
 * A packet that only a timer can have sent comes at a tick of the kernel's clock, so it gets a
 * range of time.
 */
static void range_text(struct drafting *d, usec_t after, char text[2 * TIME_TEXT])
{
	const usec_t unit = 5 * USEC_PER_MSEC;
	bool wide = drafting_ask(d, ASK_TIME, d->packet, 2);
	usec_t from = wide || after < TICK ? 0 : after - TICK;
	usec_t to = wide ? 2 * after + 5 * TICK : after + TICK;
	char first[TIME_TEXT], last[TIME_TEXT];

	time_text(from / unit * unit, first);
	time_text((to + unit - 1) / unit * unit, last);
	snprintf(text, 2 * TIME_TEXT, "%s~%s", first, last);
}

/* The number of a RST that answers a packet of no connection cannot be known. */
static bool is_odd_reset(const struct view *view, const struct segment *segment)
{
	uint32_t number = names_number(&view->names, KERNEL, segment->tcp.sequence);

	return segment->tcp.flags & TCP_RST && segment->tcp.flags & TCP_ACK &&
	       view->spoken[KERNEL] && number > view->sent + ODD;
}

void drafting_wanted(struct drafting *d, struct view *view)
{
	const struct heard *heard = &d->talk->packets[d->packet];
	usec_t after = heard->at - d->clock;
	char when[2 * TIME_TEXT] = "+0", line[LINE_TEXT];

	if (after > AT_ONCE)
		range_text(d, after, when);
	begin_line(d, when);
	view->form.any_sequence = is_odd_reset(view, &heard->segment) || view->form.any_length;
	names_line(&view->names, KERNEL, &heard->segment, &view->form, line);
	fprintf(d->out, "%s\n", line);
	d->clock = heard->at;
}

void drafting_injected(struct drafting *d, struct view *view)
{
	char line[LINE_TEXT];

	names_line(&view->names, PEER, &d->talk->packets[d->packet].segment, &view->form, line);
	drafting_action(d, "%s", line);
}

/* At the time of the event before it. */
static void at_once(struct drafting *d, struct view *view, enum party party)
{
	char line[LINE_TEXT];

	begin_line(d, "+0");
	names_line(&view->names, party, &d->talk->packets[d->packet].segment, &view->form, line);
	fprintf(d->out, "%s\n", line);
}

void drafting_went_on(struct drafting *d, struct view *view)
{
	at_once(d, view, KERNEL);
}

void drafting_answered(struct drafting *d, struct view *view)
{
	at_once(d, view, PEER);
}

const char *drafting_remark(bool assumed)
{
	return assumed ? "  // assumed" : "";
}
