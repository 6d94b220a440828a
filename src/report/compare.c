#include "report/compare.h"

#include <netinet/in.h>
#include <string.h>

#include "report/ladder.h"
#include "report/utf8.h"
#include "report/words.h"

/* ---- events ---- */

/* Removes what follows each `word`, up to a blank, a comma or the end of the option. */
static void leave_out(char *text, const char *word)
{
	for (char *at = text; (at = strstr(at, word));) {
		at += strlen(word);
		size_t length = strcspn(at, " ,>");
		memmove(at, at + length, strlen(at + length) + 1);
	}
}

static bool is_packet(const struct event *event)
{
	return event->kind == EVENT_SENT || event->kind == EVENT_INJECTED;
}

/* A window of 0 does not depend on the scale. */
static void leave_out_window(char *text)
{
	if (!strstr(text, " win 0"))
		leave_out(text, " win ");
	leave_out(text, "wscale ");
}

/* Writes the event in words, without what is chosen at random. */
static void canonical(const struct comparison *comparison, const struct event *event, bool windows,
                      char text[WORDS])
{
	words_event(event, comparison->sources, text);
	if (!is_packet(event))
		return;
	leave_out(text, "TS val ");
	leave_out(text, "ecr ");
	leave_out(text, "FO ");
	if (!windows)
		leave_out_window(text);
	if (comparison->stack && event->segment.tcp.flags & TCP_SYN)
		text[strcspn(text, "<")] = '\0';
}

/* A kernel chooses its window scale by its memory. With another scale, all windows differ. */
static bool same_scale(const struct comparison *comparison)
{
	const struct event *a, *b;
	char x[WORDS], y[WORDS];

	for (size_t i = 0; (a = trace_get(&comparison->a->evidence->trace, i)) &&
	                   (b = trace_get(&comparison->b->evidence->trace, i));
	     i++) {
		if (!is_packet(a) || !is_packet(b))
			continue;
		words_event(a, comparison->sources, x);
		words_event(b, comparison->sources, y);
		const char *one = strstr(x, "wscale "), *other = strstr(y, "wscale ");
		if (one && other && strcmp(one, other))
			return false;
	}
	return true;
}

static bool same_observation(const struct comparison *comparison, const struct event *a,
                             const struct event *b)
{
	if (comparison->stack)
		return a->state.state == b->state.state && a->result == b->result;
	return a->state.state == b->state.state && a->state.timer == b->state.timer &&
	       a->state.receive_queue == b->state.receive_queue &&
	       a->state.send_queue == b->state.send_queue && a->result == b->result;
}

/* ---- initial sequence numbers, which a kernel chooses at random ---- */

enum { DRAWN_MAX = 64 };

/*
 * How far numbers of A are from those of B that stand for the same: initial sequence numbers,
 * chosen by each kernel.
 */
struct drawn {
	uint32_t apart[DRAWN_MAX];
	size_t count;
};

static bool is_apart(const struct drawn *drawn, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < drawn->count; i++)
		if (a - b == drawn->apart[i])
			return true;
	return false;
}

/* The kernel's own SYN of a connection that no line names: its numbers are the kernel's. */
static bool is_drawn(const struct event *event)
{
	return event->kind == EVENT_SENT && !event->where.end &&
	       event->segment.protocol == IPPROTO_TCP && event->segment.tcp.flags & TCP_SYN;
}

/* Translates B's event to the numbers of A, where these were chosen at random. */
static struct event in_numbers_of_a(struct drawn *drawn, const struct event *a,
                                    const struct event *b)
{
	const struct tcp_header *x = &a->segment.tcp;
	struct event moved = *b;
	struct tcp_header *y = &moved.segment.tcp;

	if (a->segment.protocol != IPPROTO_TCP || b->segment.protocol != IPPROTO_TCP)
		return moved;
	if (is_drawn(a) && is_drawn(b) && x->sequence != y->sequence &&
	    !is_apart(drawn, x->sequence, y->sequence) && drawn->count < DRAWN_MAX)
		drawn->apart[drawn->count++] = x->sequence - y->sequence;
	/*
	 * The RST to what has no ACK is 0 on the wire, so here it is the initial number, negated.
	 */
	if (is_apart(drawn, x->sequence, y->sequence) ||
	    x->sequence + a->counted_from == y->sequence + b->counted_from)
		y->sequence = x->sequence;
	if (is_apart(drawn, x->acknowledgment, y->acknowledgment))
		y->acknowledgment = x->acknowledgment;
	return moved;
}

/* ---- pairs of events ---- */

static bool same_event(const struct comparison *comparison, struct drawn *drawn,
                       const struct event *a, const struct event *b, bool windows)
{
	char x[WORDS], y[WORDS];
	struct event moved;

	if (a->kind != b->kind)
		return false;
	if (a->kind == EVENT_OBSERVED)
		return a->where.begin == b->where.begin && same_observation(comparison, a, b);
	moved = in_numbers_of_a(drawn, a, b);
	canonical(comparison, a, windows, x);
	canonical(comparison, &moved, windows, y);
	return !strcmp(x, y);
}

/*
 * The time between two events of the script is the kernel's, and adds up; our own lateness is taken
 * out.
 */
static bool same_time(const struct comparison *comparison, const struct event *a,
                      const struct event *b)
{
	usec_t apart = a->at > b->at ? a->at - b->at : b->at - a->at;

	return comparison->stack || apart <= comparison->tolerance +
	                                             comparison->a->evidence->late_sum +
	                                             comparison->b->evidence->late_sum;
}

/*
 * The i-th event, and those behind it, but for the ends of programs: when these come is the
 * machine's doing.
 */
static const struct event *next_event(const struct trace *trace, size_t *i)
{
	const struct event *event;

	do {
		event = trace_get(trace, (*i)++);
	} while (event && event->kind == EVENT_ENDED);
	return event;
}

/* Finds the first pair that differs. One of them is NULL when its list has ended. */
static enum difference find(const struct comparison *comparison, const struct event **a,
                            const struct event **b)
{
	const struct event *late_a = NULL, *late_b = NULL;
	bool windows = !comparison->stack && same_scale(comparison);
	struct drawn drawn = { .count = 0 };
	size_t i = 0, j = 0;

	for (;;) {
		*a = next_event(&comparison->a->evidence->trace, &i);
		*b = next_event(&comparison->b->evidence->trace, &j);
		if (!*a && !*b)
			break;
		if (!*a || !*b || !same_event(comparison, &drawn, *a, *b, windows))
			return DIFFERENCE_REPLY;
		if (!late_a && !same_time(comparison, *a, *b)) {
			late_a = *a;
			late_b = *b;
		}
	}
	*a = late_a;
	*b = late_b;
	return late_a ? DIFFERENCE_TIME : DIFFERENCE_NONE;
}

/* ---- printing ---- */

static const char *const names[DIFFERENCES] = { NULL, "verdict", "reply", "time" };

static void print_event(FILE *out, char kernel, const struct event *event,
                        const struct comparison *comparison)
{
	fprintf(out, "    %c ", kernel);
	if (event)
		report_event(out, event, comparison->sources);
	else
		fputs("            nothing more\n", out);
}

static void print_verdict(FILE *out, char kernel, const struct verdict *verdict)
{
	fprintf(out, "    %c %s", kernel, verdict_name(verdict->kind));
	if (*verdict->reason) {
		fputs(": ", out);
		utf8_print(out, verdict->reason, VERDICT_TEXT);
	}
	fputc('\n', out);
}

static void print_model(FILE *out, char subject, const struct second_opinion *model)
{
	const char *state = model->state ? tcp_state_name(model->state) : NULL;

	if (model->rule[0])
		fprintf(out, "    %c is wrong by the model: %s%s%s: %s\n", subject, model->rule,
		        state ? ", in " : "", state ? state : "", model->clause);
}

/* Where the model gave up, it cannot say that what was done may be done. */
static bool is_right(const struct verdict *verdict)
{
	const struct second_opinion *model = &verdict->evidence->model;

	return model->asked && !model->rule[0] && !model->in_part;
}

struct compared compare_find(const struct comparison *comparison)
{
	struct compared compared = { .difference = DIFFERENCE_NONE };

	compared.difference = find(comparison, &compared.a, &compared.b);
	if (comparison->a->kind != comparison->b->kind)
		compared.difference = DIFFERENCE_VERDICT;
	compared.allowed = comparison->stack && is_right(comparison->a) && is_right(comparison->b);
	return compared;
}

void compare_print(FILE *out, const struct comparison *comparison, const struct compared *compared)
{
	fprintf(out, "%s %s: another %s%s\n", comparison->group, comparison->variant,
	        names[compared->difference],
	        compared->allowed ? "; the model finds nothing wrong with either" : "");
	if (compared->difference == DIFFERENCE_VERDICT) {
		print_verdict(out, 'A', comparison->a);
		print_verdict(out, 'B', comparison->b);
	}
	if (compared->a || compared->b) {
		print_event(out, 'A', compared->a, comparison);
		print_event(out, 'B', compared->b, comparison);
	}
	if (!comparison->stack)
		return;
	print_model(out, 'A', &comparison->a->evidence->model);
	print_model(out, 'B', &comparison->b->evidence->model);
}

void compare_print_totals(FILE *out, const size_t counts[DIFFERENCES], size_t allowed)
{
	size_t all = counts[DIFFERENCE_NONE], different = 0;
	const char *before = ": ";

	for (size_t i = DIFFERENCE_VERDICT; i < DIFFERENCES; i++)
		different += counts[i];
	all += different;
	fprintf(out, "%zu of %zu test%s differ%s", different, all, all == 1 ? "" : "s",
	        different == 1 ? "s" : "");
	for (size_t i = DIFFERENCE_VERDICT; i < DIFFERENCES; i++) {
		if (!counts[i])
			continue;
		fprintf(out, "%s%zu in the %s", before, counts[i], names[i]);
		before = ", ";
	}
	if (allowed)
		fprintf(out, "; the model finds nothing wrong in %zu of them", allowed);
	fputc('\n', out);
}
