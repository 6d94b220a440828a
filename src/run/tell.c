#include "run/tell.h"

#include <stdarg.h>
#include <stdio.h>

#include "run/look.h"

void teller_begin(struct running *run, const struct run_listener *listener, struct verdict *verdict)
{
	run->teller.verdict = verdict;
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
}

void teller_end(struct running *run)
{
	struct verdict *verdict = run->teller.verdict;

	if (!run->teller.failed)
		verdict->kind = VERDICT_PASS;
	if (run->lateness.max > verdict->late_max)
		verdict->late_max = run->lateness.max;
	verdict->late_sum = run->lateness.sum;
	verdict->command_max = run->lateness.command_max;
	verdict->late_median = lateness_percentile(&run->lateness, 50);
	verdict->late_p99 = lateness_percentile(&run->lateness, 99);
}

struct range teller_where(const struct running *run)
{
	return run->teller.step ? run->teller.step->where : (struct range){ 0, 0 };
}

struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at)
{
	struct event *event = trace_add(&run->teller.verdict->trace);

	event->kind = kind;
	event->where = where;
	event->at = at;
	return event;
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

static void set_verdict(struct running *run, enum verdict_kind kind, struct range line,
                        struct range where, const char *format, va_list args)
{
	struct verdict *verdict = run->teller.verdict;
	const struct connection *current = run->connections.current;

	if (run->teller.failed)
		return;
	run->teller.failed = true;
	verdict->kind = kind;
	verdict->line = line;
	verdict->where = where.end ? where : line;
	verdict->at = timing_now(&run->timing);
	vsnprintf(verdict->reason, sizeof(verdict->reason), format, args);
	verdict->has_state = current && look_at_connection(run, current, &verdict->state);
}

bool run_end(struct running *run, enum verdict_kind kind, struct range line, const char *format,
             ...)
{
	va_list args;

	va_start(args, format);
	set_verdict(run, kind, line, line, format, args);
	va_end(args);
	return false;
}

static void fail(struct running *run, struct range line, struct range where, const char *format,
                 va_list args)
{
	struct verdict *verdict = run->teller.verdict;
	const char *was = "the harness was", *late_for = " late";
	usec_t waited = run->program->has_processes ? host_waited(run->host) : 0;
	bool late;

	verdict->late_max = run->lateness.max;
	if (waited > verdict->late_max) {
		was = "the script's programs waited";
		late_for = " for a processor";
		verdict->late_max = waited;
	}
	if (run->teller.pressure >= 0)
		verdict->pressure = host_pressure(run->host) - run->teller.pressure;
	late = verdict->late_max > run->settings->tolerance;
	set_verdict(run, late ? VERDICT_INVALID : VERDICT_FAIL, line, where, format, args);
	if (late && !verdict->detail[0])
		snprintf(verdict->detail, sizeof(verdict->detail),
		         "%s %.1f ms%s before this, more than the tolerance of %.1f ms", was,
		         (double)verdict->late_max / USEC_PER_MSEC, late_for,
		         (double)run->settings->tolerance / USEC_PER_MSEC);
}

bool run_fail(struct running *run, struct range line, struct range where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail(run, line, where, format, args);
	va_end(args);
	return false;
}

bool run_fail_or_warn(struct running *run, bool non_fatal, struct range line, struct range where,
                      const char *format, ...)
{
	va_list args;

	if (non_fatal) {
		run->teller.verdict->warnings++;
		run->teller.verdict->mismatches.count = 0;
		return true;
	}
	va_start(args, format);
	fail(run, line, where, format, args);
	va_end(args);
	return false;
}
