/*
 * Every event is a row. The rows are laid out first, so that a bar can be drawn from where a call
 * began to sleep to where it returned. The columns, from the left: the time, the lane of the peer,
 * the segments between, the lane of the kernel, and calls and observations beside it. What was
 * wanted is drawn with dashes, right below what was seen instead.
 */
#include "report/html_ladder.h"

#include "report/findings.h"
#include "report/html_text.h"
#include "report/words.h"

enum { /* pixels */
       TIME_END = 70,
       PEER = 86,
       KERNEL = 656,
       MIDDLE = (PEER + KERNEL) / 2,
       BAR = KERNEL + 9,
       BARS = 4,
       CALLS = BAR + 5 * BARS + 3,
       WIDTH = 1260,
       TOP = 34,
       ROW = 30,
       ROW_WITH_CLASS = 44,
       ROW_BESIDE = 22,
       ROW_GAP = 22,
       ARROW = 8, /* the height of an arrow, below its words */
};
enum {
	SEGMENT_CHARACTERS = 76,
	CALL_CHARACTERS = 76,
	/*
	 * In a failure, every event that is kept may tell something; of other tests, the last
	 * events are enough.
	 */
	EVENTS_OF_FAILURE = 300,
	EVENTS_OF_OTHERS = 60,
};

static const usec_t gap_worth_saying = 400 * USEC_PER_MSEC;
static const usec_t late_worth_saying = USEC_PER_MSEC;

struct picture {
	FILE *out;
	const struct report_test *test;
	const struct trace *trace;
	size_t first, kept; /* events from first to kept - 1 are shown */
	const struct event *fault;
	bool connections;    /* there are several: each arrow says which */
	bool wanted_follows; /* at the end there is a row for what was wanted */
	bool missing;        /* nothing came, so that row is all there is */
	int y[TRACE_EVENTS]; /* the baseline of each event's row */
	int wanted_y, height;
};

static bool is_segment(const struct event *event)
{
	return event->kind == EVENT_INJECTED || event->kind == EVENT_SENT;
}

static bool has_class(const struct picture *picture, const struct event *event)
{
	return event->classified[0] || event == picture->fault;
}

static bool several_connections(const struct picture *picture)
{
	unsigned only = 0;

	for (size_t i = picture->first; i < picture->kept; i++) {
		const struct event *event = trace_get(picture->trace, i);

		if (!is_segment(event) || !event->connection)
			continue;
		if (only && event->connection != only)
			return true;
		only = event->connection;
	}
	return false;
}

/* The time before an event, when it is long enough for a row of its own. */
static usec_t gap_before(const struct picture *picture, size_t i)
{
	usec_t gap;

	if (i == picture->first)
		return 0;
	gap = trace_get(picture->trace, i)->at - trace_get(picture->trace, i - 1)->at;
	return gap >= gap_worth_saying ? gap : 0;
}

static void lay_out(struct picture *picture)
{
	int y = TOP;

	for (size_t i = picture->first; i < picture->kept; i++) {
		const struct event *event = trace_get(picture->trace, i);

		y += gap_before(picture, i) ? ROW_GAP : 0;
		y += is_segment(event) ? ROW : ROW_BESIDE;
		picture->y[i] = y;
		if (is_segment(event))
			y += has_class(picture, event) ? ROW_WITH_CLASS - ROW : 0;
		if (is_segment(event) && i + 1 < picture->kept &&
		    !is_segment(trace_get(picture->trace, i + 1)))
			y += ARROW;
	}
	if (picture->wanted_follows) {
		picture->wanted_y = y + ROW;
		y = picture->wanted_y + (picture->missing ? ROW_WITH_CLASS - ROW : 0);
	}
	picture->height = y + 14;
}

/* ---- rows ---- */

static void print_tip(const struct picture *picture, const struct event *event, const char *text)
{
	usec_t late = event->late < 0 ? -event->late : event->late;

	fprintf(picture->out, "<title>%.6f s%s: ", (double)event->at / USEC_PER_SEC,
	        event->kind == EVENT_INJECTED ? ", to the kernel"
	        : event->kind == EVENT_SENT   ? ", from the kernel"
	                                      : "");
	html_text(picture->out, text, WORDS);
	if (late)
		fprintf(picture->out, " (%.3f ms %s)", (double)late / USEC_PER_MSEC,
		        event->late < 0 ? "early" : "late");
	fputs("</title>", picture->out);
}

static void print_time(const struct picture *picture, usec_t at, int y)
{
	fprintf(picture->out, "<text class=\"t\" x=\"%d\" y=\"%d\">%.4f</text>", TIME_END, y,
	        (double)at / USEC_PER_SEC);
}

/* The arrow is a little below the baseline of its words. */
static void print_arrow(const struct picture *picture, bool to_kernel, int y)
{
	if (to_kernel)
		fprintf(picture->out, "<path d=\"M%d %dH%dm-8-4 8 4-8 4\"/>", PEER + 1, y + 6,
		        KERNEL - 1);
	else
		fprintf(picture->out, "<path d=\"M%d %dH%dm8-4-8 4 8 4\"/>", KERNEL - 1, y + 6,
		        PEER + 1);
}

static void print_class(const struct picture *picture, const struct event *event, int y)
{
	fprintf(picture->out, "<text class=\"c\" x=\"%d\" y=\"%d\">", MIDDLE, y + 20);
	if (event == picture->fault)
		fputs(event->classified[0] ? "✗ " : "✗ not what was wanted", picture->out);
	html_cut(picture->out, event->classified, CLASSIFIED_TEXT, SEGMENT_CHARACTERS);
	fputs("</text>", picture->out);
}

static void print_late(const struct picture *picture, const struct event *event, int y)
{
	usec_t late = event->late < 0 ? -event->late : event->late;

	if (late > late_worth_saying)
		fprintf(picture->out, "<text class=\"w\" x=\"%d\" y=\"%d\">%.1f ms %s</text>",
		        CALLS, y + 10, (double)late / USEC_PER_MSEC,
		        event->late < 0 ? "early" : "late");
}

static void print_segment(const struct picture *picture, const struct event *event, int y)
{
	char text[WORDS];

	fprintf(picture->out, "<g class=\"%s%s\">", event->kind == EVENT_SENT ? "out" : "in",
	        event == picture->fault ? " bad" : "");
	words_event(event, picture->test->sources, text);
	print_tip(picture, event, text);
	print_time(picture, event->at, y + 10);
	fprintf(picture->out, "<text x=\"%d\" y=\"%d\">", MIDDLE, y);
	if (picture->connections && event->connection)
		fprintf(picture->out, "#%u ", event->connection);
	html_cut(picture->out, text, WORDS, SEGMENT_CHARACTERS);
	fputs("</text>", picture->out);
	print_arrow(picture, event->kind == EVENT_INJECTED, y);
	if (has_class(picture, event))
		print_class(picture, event, y);
	print_late(picture, event, y);
	fputs("</g>\n", picture->out);
}

static void print_beside(const struct picture *picture, size_t i, int y)
{
	const struct event *event = trace_get(picture->trace, i);
	bool blocked = trace_is_blocked(picture->trace, i);
	bool looks = event->kind == EVENT_OBSERVED;
	char text[WORDS];

	fprintf(picture->out, "<g class=\"%s%s\">", looks ? "look" : "call",
	        event == picture->fault ? " bad" : "");
	words_event(event, picture->test->sources, text);
	print_tip(picture, event, text);
	print_time(picture, event->at, y);
	fprintf(picture->out, "<circle cx=\"%d\" cy=\"%d\" r=\"4\"/>", KERNEL, y - 4);
	fprintf(picture->out, "<text class=\"b\" x=\"%d\" y=\"%d\">", CALLS, y);
	if (event == picture->fault)
		fputs("✗ ", picture->out);
	html_cut(picture->out, text, WORDS, CALL_CHARACTERS);
	fputs(blocked ? " (has not returned)</text></g>\n" : "</text></g>\n", picture->out);
}

static void print_gap(const struct picture *picture, usec_t gap, int y)
{
	fprintf(picture->out, "<text class=\"gap\" x=\"%d\" y=\"%d\">⋮ %.*f s</text>\n", MIDDLE, y,
	        gap < 10 * (usec_t)USEC_PER_SEC ? 2 : 0, (double)gap / USEC_PER_SEC);
}

static void print_wanted(const struct picture *picture)
{
	const struct verdict *verdict = picture->test->verdict;
	int y = picture->wanted_y;
	char text[WORDS];

	fprintf(picture->out, "<g class=\"want%s\">", picture->missing ? " bad" : "");
	if (picture->missing)
		print_time(picture, verdict->evidence->at, y + 10);
	fprintf(picture->out, "<text x=\"%d\" y=\"%d\">wanted: ", MIDDLE, y);
	html_cut(picture->out, words_want(&verdict->evidence->want, picture->test->sources, text),
	         WORDS, SEGMENT_CHARACTERS - 8);
	fputs("</text>", picture->out);
	print_arrow(picture, false, y);
	if (picture->missing)
		fprintf(picture->out, "<text class=\"c\" x=\"%d\" y=\"%d\">✗ did not come</text>",
		        MIDDLE, y + 20);
	fputs("</g>\n", picture->out);
}

/* ---- blocked calls ---- */

static void print_bars(const struct picture *picture)
{
	int bottom[BARS] = { 0 };

	for (size_t i = picture->first; i < picture->kept; i++) {
		int bar = 0, top = picture->y[i] - 4;
		size_t end = trace_return(picture->trace, i);
		bool returned = end < picture->kept;

		if (!end)
			continue;
		while (bar < BARS - 1 && bottom[bar] >= top)
			bar++;
		bottom[bar] = returned ? picture->y[end] - 4 : picture->height - 6;
		fprintf(picture->out, "<path class=\"bar%s\" d=\"M%d %dV%d\"/>\n",
		        returned ? "" : " open", BAR + 5 * bar, top, bottom[bar]);
	}
}

/* ---- the whole picture ---- */

static void print_frame(const struct picture *picture)
{
	size_t shown = picture->kept - picture->first;

	fprintf(picture->out,
	        "<svg class=\"ladder\" width=\"%d\" height=\"%d\" role=\"group\" "
	        "aria-label=\"Ladder of %zu"
	        " event%s, the oldest first\">\n",
	        WIDTH, picture->height, shown, shown == 1 ? "" : "s");
	fprintf(picture->out,
	        "<g class=\"head\"><text class=\"t\" x=\"%d\" y=\"14\">seconds</text>"
	        "<text x=\"%d\" y=\"14\">script&#39;s peer</text><text x=\"%d\" "
	        "y=\"14\">kernel</text>"
	        "<text class=\"b\" x=\"%d\" y=\"14\">calls and observations</text></g>\n",
	        TIME_END, PEER + 40, KERNEL - 24, CALLS);
	fprintf(picture->out, "<path class=\"lane\" d=\"M%d 22V%dM%d 22V%d\"/>\n", PEER,
	        picture->height, KERNEL, picture->height);
}

static void print_rows(const struct picture *picture)
{
	for (size_t i = picture->first; i < picture->kept; i++) {
		const struct event *event = trace_get(picture->trace, i);

		usec_t gap = gap_before(picture, i);
		int y = picture->y[i];

		if (gap)
			print_gap(picture, gap, y - (is_segment(event) ? ROW : ROW_BESIDE) + 4);
		if (is_segment(event))
			print_segment(picture, event, y);
		else
			print_beside(picture, i, y);
	}
}

void html_ladder(FILE *out, const struct report_test *test, const struct findings *findings)
{
	const struct verdict *verdict = test->verdict;
	struct picture picture = {
		.out = out,
		.test = test,
		.trace = &verdict->evidence->trace,
		.kept = trace_kept(&verdict->evidence->trace),
		.fault = findings->about,
	};
	size_t most = verdict->kind == VERDICT_FAIL ? EVENTS_OF_FAILURE : EVENTS_OF_OTHERS;
	size_t earlier;

	picture.first = picture.kept > most ? picture.kept - most : 0;
	picture.wanted_follows = verdict->kind != VERDICT_NONE && verdict->evidence->has_want;
	picture.missing = findings->missing != NULL;
	if (!picture.kept && !picture.wanted_follows)
		return;
	picture.connections = several_connections(&picture);
	lay_out(&picture);
	earlier = picture.trace->count - picture.kept + picture.first;
	if (earlier)
		fprintf(out, "<p class=\"faint\">%zu earlier event%s not shown</p>\n", earlier,
		        earlier == 1 ? " is" : "s are");
	fputs("<div class=\"scroll\" tabindex=\"0\">\n", out);
	print_frame(&picture);
	print_bars(&picture);
	print_rows(&picture);
	if (picture.wanted_follows)
		print_wanted(&picture);
	fputs("</svg>\n</div>\n", out);
}
