#include "run/tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run/look.h"
#include "verdict/counter_words.h"

void teller_begin(struct running *run, const struct run_listener *listener,
                  struct evidence *evidence)
{
	run->teller.evidence = evidence;
	run->teller.evidence->event = run->teller.event = EVENT_NONE;
	run->teller.pressure = -1;
	if (listener)
		run->teller.listener = *listener;
}

void teller_start(struct running *run)
{
	run->teller.pressure = host_pressure(run->host);
}

void teller_step(struct running *run, const struct step *step)
{
	run->teller.step = step;
	run->teller.event = EVENT_NONE;
	run->teller.connection = NULL;
}

static void note_lateness(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;

	evidence->late_max = run->lateness.max;
	evidence->late_recent = run->lateness.recent;
	evidence->late_sum = run->lateness.sum;
}

void teller_end(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;

	if (!run->teller.failed)
		evidence->ending = ENDING_WELL;
	if (!run->teller.failed)
		note_lateness(run);
	evidence->command_max = run->lateness.command_max;
	evidence->late_median = lateness_percentile(&run->lateness, 50);
	evidence->late_p99 = lateness_percentile(&run->lateness, 99);
}

struct range teller_where(const struct running *run)
{
	return run->teller.step ? run->teller.step->where : (struct range){ 0, 0 };
}

struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at)
{
	struct trace *trace = &run->teller.evidence->trace;
	struct event *event;

	if (kind != EVENT_SENT)
		run_about(run, trace->count);
	event = trace_add(trace);
	event->kind = kind;
	event->where = where;
	event->at = at;
	if (kind == EVENT_INJECTED)
		event->ordinal = ++run->teller.injected;
	else if (kind == EVENT_SENT)
		event->ordinal = ++run->teller.sent;
	return event;
}

void run_count_bad(struct running *run)
{
	run->teller.sent++;
}

void run_tell(struct running *run, const struct event *event)
{
	if (run->teller.listener.event)
		run->teller.listener.event(run->teller.listener.context, event);
}

void run_note_lateness(struct running *run, usec_t at)
{
	lateness_note(&run->lateness, timing_earliest(&run->timing), at);
}

void run_about(struct running *run, size_t event)
{
	run->teller.event = event;
}

void run_about_connection(struct running *run, struct connection *connection)
{
	run->teller.connection = connection;
}

/*
 * Looks at the state of the connection that the failure is about, and notes which connection that
 * is.
 */
static void look_at_subject(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;
	const struct event *event = trace_event(&evidence->trace, run->teller.event);
	const struct connection *connection = run->teller.connection;

	if (!connection)
		connection = run->connections.current;
	evidence->event = run->teller.event;
	evidence->connection = run->teller.connection ? run->teller.connection->number
	                       : event                ? event->connection
	                                              : 0;
	look_at_fates(run, evidence->event);
	evidence->has_state = connection && look_at_connection(run, connection, &evidence->state);
}

static bool set_ending(struct running *run, enum ending ending, struct range line,
                       struct range where, const char *format, va_list args)
{
	struct evidence *evidence = run->teller.evidence;

	if (run->teller.failed)
		return false;
	run->teller.failed = true;
	note_lateness(run);
	evidence->ending = ending;
	evidence->line = line;
	evidence->where = where;
	evidence->at = timing_now(&run->timing);
	vsnprintf(evidence->reason, sizeof(evidence->reason), format, args);
	look_at_subject(run);
	return false;
}

bool run_end(struct running *run, enum ending ending, struct range line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set_ending(run, ending, line, line, format, args);
	va_end(args);
	return false;
}

/* The counters know what the classification of a segment had to guess. */
static void settle_guess(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;
	struct event *event = trace_at(&evidence->trace, evidence->event);

	if (event)
		counter_settle_guess(evidence->moved, event->classified, CLASSIFIED_TEXT);
}

static void fail(struct running *run, struct range line, struct range where, const char *format,
                 va_list args)
{
	struct evidence *evidence = run->teller.evidence;

	if (run->teller.failed)
		return;
	look_at_counters(run);
	if (run->program->has_processes)
		evidence->waited = host_waited(run->host);
	if (run->teller.pressure >= 0)
		evidence->pressure = host_pressure(run->host) - run->teller.pressure;
	set_ending(run, ENDING_WRONG, line, where, format, args);
	settle_guess(run);
}

bool run_fail(struct running *run, struct range line, struct range where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail(run, line, where, format, args);
	va_end(args);
	return false;
}

/* ": ack wanted 7, seen 9; win wanted 1, seen 2" */
static void add_mismatches(const struct mismatches *mismatches, char text[LET_PASS_TEXT])
{
	size_t used = strlen(text);

	for (size_t i = 0; i < mismatches->count && used < LET_PASS_TEXT; i++) {
		const struct mismatch *mismatch = &mismatches->list[i];

		used += (size_t)snprintf(text + used, LET_PASS_TEXT - used,
		                         "%s%s wanted %s, seen %s", i ? "; " : ": ",
		                         mismatch->field, mismatch->want, mismatch->seen);
	}
}

/* Nothing of it stays for a later verdict. */
static void let_pass(struct running *run, struct range where, const char *format, va_list args)
{
	struct evidence *evidence = run->teller.evidence;
	unsigned i = evidence->let_pass_count++;

	if (i < LET_PASS_MAX) {
		struct let_pass *passed = &evidence->let_pass[i];

		passed->where = where;
		passed->at = timing_now(&run->timing);
		passed->event = run->teller.event;
		vsnprintf(passed->text, LET_PASS_TEXT, format, args);
		/* For a call, the reason already says what differs. */
		if (run->teller.step && run->teller.step->kind == STEP_EXPECT)
			add_mismatches(&evidence->mismatches, passed->text);
	}
	if (!run->settings->bless)
		edits_clear(&evidence->edits);
	evidence->mismatches.count = 0;
	evidence->has_want = evidence->has_seen = false;
	evidence->part_count = 0;
	evidence->detail[0] = evidence->moved[0] = '\0';
	evidence->off = 0;
}

bool run_fail_or_warn(struct running *run, bool non_fatal, struct range line, struct range where,
                      const char *format, ...)
{
	va_list args;

	non_fatal |= run->settings->bless;
	va_start(args, format);
	if (non_fatal)
		let_pass(run, where.end ? where : line, format, args);
	else
		fail(run, line, where, format, args);
	va_end(args);
	return non_fatal;
}

bool run_hang(struct running *run, struct range line, const char *call, usec_t time)
{
	run->teller.evidence->hung = time;
	return run_fail(run, line, line, "%s has not returned for %lld s", call,
	                (long long)(time / USEC_PER_SEC));
}
