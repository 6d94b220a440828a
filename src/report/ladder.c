#include "report/ladder.h"

#include "report/style.h"
#include "report/utf8.h"
#include "report/words.h"

/* Less lateness is the ordinary noise of a machine. */
enum { LATE_WORTH_SAYING = USEC_PER_MSEC };

static const char *arrow(enum event_kind kind, struct style style)
{
	switch (kind) {
	case EVENT_INJECTED:
		return style.unicode ? "──> " : "--> ";
	case EVENT_SENT:
		return style.unicode ? "<── " : "<-- ";
	case EVENT_CALL:
	case EVENT_CALL_BEGUN:
	case EVENT_CALL_RETURNED:
	case EVENT_COMMAND:
	case EVENT_OBSERVED:
	case EVENT_ENDED:
		break;
	}
	return "";
}

static const char *fault_mark(struct style style)
{
	return style.unicode ? "✗" : "<==";
}

static void print_time(FILE *out, usec_t at)
{
	fprintf(out, "%11.4f   ", (double)at / USEC_PER_SEC);
}

/* Prints what the event is, and a mark when it is the one at fault. */
static void print_note(FILE *out, struct style style, const char *note, bool fault)
{
	bool known = *note;

	if (fault) {
		fprintf(out, "  %s%s%s", style_begin(style, COLOUR_BAD), fault_mark(style),
		        known ? " " : "");
		utf8_print(out, note, CLASSIFIED_TEXT);
		fputs(style_end(style), out);
	} else if (known) {
		fprintf(out, "  %s(", style_begin(style, COLOUR_FAINT));
		utf8_print(out, note, CLASSIFIED_TEXT);
		fprintf(out, ")%s", style_end(style));
	}
}

static void print_event(FILE *out, struct style style, const struct event *event,
                        const struct sources *sources, bool fault, bool blocked)
{
	usec_t late = event->late < 0 ? -event->late : event->late;
	char text[WORDS];

	print_time(out, event->at);
	fputs(arrow(event->kind, style), out);
	if (event->connection > 1)
		fprintf(out, "#%u ", event->connection);
	utf8_print(out, words_event(event, sources, text), WORDS);
	print_note(out, style, blocked ? "has not returned" : event->classified, fault);
	if (late > LATE_WORTH_SAYING)
		fprintf(out, "  [%.1f ms %s]", (double)late / USEC_PER_MSEC,
		        event->late < 0 ? "early" : "late");
	fputc('\n', out);
}

static void print_missing(FILE *out, struct style style, const struct ladder *ladder)
{
	print_time(out, ladder->missing_at);
	fputs(arrow(EVENT_SENT, style), out);
	utf8_print(out, ladder->missing, WORDS);
	fprintf(out, "  %s%s did not come%s\n", style_begin(style, COLOUR_BAD), fault_mark(style),
	        style_end(style));
}

static void print_ith(FILE *out, struct style style, const struct ladder *ladder, size_t i)
{
	const struct event *event = trace_get(ladder->trace, i);
	bool blocked = trace_is_blocked(ladder->trace, i);

	print_event(out, style, event, ladder->sources, event == ladder->fault, blocked);
}

/* The one at fault, a call that is still blocked, a program that ended badly: wherever it is. */
static bool is_always_shown(const struct ladder *ladder, size_t i)
{
	const struct event *event = trace_get(ladder->trace, i);

	return event == ladder->fault || (event->kind == EVENT_ENDED && event->result) ||
	       trace_is_blocked(ladder->trace, i);
}

static void print_left_out(FILE *out, size_t count, bool first)
{
	if (count)
		fprintf(out, "        ...   %zu %s%s\n", count, first ? "earlier event" : "more",
		        first && count > 1 ? "s" : "");
}

void ladder_print(FILE *out, struct style style, const struct ladder *ladder)
{
	size_t kept = trace_kept(ladder->trace);
	size_t shown_from = ladder->most && ladder->most < kept ? kept - ladder->most : 0;
	size_t left_out = ladder->trace->count - kept;
	bool first = true;

	for (size_t i = 0; i < kept; i++) {
		if (i < shown_from && !is_always_shown(ladder, i)) {
			left_out++;
			continue;
		}
		print_left_out(out, left_out, first);
		left_out = 0;
		first = false;
		print_ith(out, style, ladder, i);
	}
	if (ladder->missing)
		print_missing(out, style, ladder);
}

void report_ladder(FILE *out, const struct trace *trace, const struct sources *sources, size_t most)
{
	struct ladder ladder = { .trace = trace, .sources = sources, .most = most };

	ladder_print(out, style_of(out), &ladder);
}

void report_event(FILE *out, const struct event *event, const struct sources *sources)
{
	print_event(out, style_of(out), event, sources, false, false);
}
