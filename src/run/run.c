/*
 * Theory of operation. Script time counts from the start of the script; host time is the clock of
 * the packet capture. One thread does everything: it sleeps in host->wait, where packets and the
 * ends of blocking calls arrive, and wakes to carry out the next step.
 *
 * A relative time counts from the end of the event before, which for a packet of the kernel's is
 * the moment the kernel sent it and not when we saw it, so that our own lateness does not add up.
 * Injected packets in a row count from their due times. A step is never skipped or failed for being
 * late; the lateness is noted, and what fails after more of it than the tolerance is INVALID.
 */
#include "run/run.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "run/running.h"

enum { SHARED_BYTES = 64 << 20 }; /* of address space; memory is taken as it is used */

static step_function *const step_functions[] = {
	[STEP_INJECT] = step_inject,   [STEP_EXPECT] = step_expect, [STEP_CALL] = step_call,
	[STEP_COMMAND] = step_command, [STEP_CODE] = step_code,     [STEP_OBSERVE] = step_observe,
	[STEP_PROCESS] = step_process, [STEP_LINK] = step_link,
};
static_assert(sizeof(step_functions) / sizeof(*step_functions) == STEP_KINDS,
              "every kind of step has its function");

/* ---- time ---- */

usec_t run_now(struct running *run)
{
	return run->host->ops->now(run->host) - run->start;
}

usec_t run_tolerance(const struct running *run, usec_t since)
{
	usec_t percent = (usec_t)(run->settings->tolerance_percent / 100.0 * (double)since);

	return percent > run->settings->tolerance ? percent : run->settings->tolerance;
}

void run_note_lateness(struct running *run, usec_t at)
{
	/* A call that came back late is the kernel's doing. */
	usec_t due = run->due > run->previous_over ? run->due : run->previous_over;
	usec_t late = at > due ? at - due : 0;
	run->late_sum += late;
	if (late > run->verdict->late_max)
		run->verdict->late_max = late;
	run->lateness[run->lateness_count++ % LATENESS_SAMPLES] =
		late > UINT32_MAX ? UINT32_MAX : (uint32_t)late;
}

static int compare_samples(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void sum_up_lateness(struct running *run)
{
	run->verdict->late_sum = run->late_sum;
	size_t n = run->lateness_count < LATENESS_SAMPLES ? run->lateness_count : LATENESS_SAMPLES;
	if (!n)
		return;
	qsort(run->lateness, n, sizeof(*run->lateness), compare_samples);
	run->verdict->late_median = run->lateness[n / 2];
	run->verdict->late_p99 = run->lateness[n * 99 / 100];
}

bool run_wait_event(struct running *run, usec_t time, bool *time_is_up)
{
	struct host_packet packet;

	usec_t deadline = time == USEC_FOREVER ? USEC_FOREVER : run->start + time;
	*time_is_up = false;
	switch (run->host->ops->wait(run->host, deadline, &packet)) {
	case HOST_PACKET:
		packet_arrived(run, &packet);
		return true;
	case HOST_CALL:
		return calls_finish(run);
	case HOST_TIME:
		*time_is_up = true;
		return true;
	case HOST_STOPPED:
		return run_end(run, VERDICT_INVALID,
		               run->step ? run->step->where : (struct range){ 0, 0 },
		               "stopped by a signal");
	case HOST_BROKEN:
		break;
	}
	return run_end(run, VERDICT_INVALID, run->step ? run->step->where : (struct range){ 0, 0 },
	               "%s", run->host->error);
}

bool run_wait_until(struct running *run, usec_t time)
{
	bool time_is_up = false;

	while (!time_is_up)
		if (!run_wait_event(run, time, &time_is_up))
			return false;
	return true;
}

/* ---- what happens is told, and in the end judged ---- */

struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at)
{
	struct event *event = trace_add(&run->verdict->trace);

	event->kind = kind;
	event->where = where;
	event->at = at;
	return event;
}

void run_tell(struct running *run, const struct event *event)
{
	if (run->listener.event)
		run->listener.event(run->listener.context, event);
}

static bool set_verdict(struct running *run, enum verdict_kind kind, struct range line,
                        struct range where, const char *format, va_list args)
{
	struct verdict *verdict = run->verdict;

	if (run->failed)
		return false;
	run->failed = true;
	verdict->kind = kind;
	verdict->line = line;
	verdict->where = where.end ? where : line;
	verdict->at = run->host ? run_now(run) : 0;
	vsnprintf(verdict->reason, sizeof(verdict->reason), format, args);
	verdict->has_state = observe_current(run, &verdict->state);
	return false;
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

static bool fail(struct running *run, struct range line, struct range where, const char *format,
                 va_list args)
{
	const char *was = "the harness was", *late_for = " late";

	usec_t waited = run->program->has_processes ? run->host->ops->waited(run->host) : 0;
	if (waited > run->verdict->late_max) {
		was = "the script's programs waited";
		late_for = " for a processor";
		run->verdict->late_max = waited;
	}
	if (run->pressure >= 0)
		run->verdict->pressure = run->host->ops->pressure(run->host) - run->pressure;
	bool late = run->verdict->late_max > run->settings->tolerance;
	set_verdict(run, late ? VERDICT_INVALID : VERDICT_FAIL, line, where, format, args);
	if (late && !run->verdict->detail[0])
		snprintf(run->verdict->detail, sizeof(run->verdict->detail),
		         "%s %.1f ms%s before this, more than the tolerance of %.1f ms", was,
		         (double)run->verdict->late_max / USEC_PER_MSEC, late_for,
		         (double)run->settings->tolerance / USEC_PER_MSEC);
	return false;
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
	if (non_fatal) {
		run->verdict->warnings++;
		return true;
	}
	va_list args;
	va_start(args, format);
	fail(run, line, where, format, args);
	va_end(args);
	return false;
}

/* ---- steps ---- */

static void set_due(struct running *run, const struct step *step)
{
	usec_t base = 0;

	switch (step->time) {
	case TIME_RELATIVE:
	case TIME_RELATIVE_RANGE:
		base = run->previous_injected && step->kind == STEP_INJECT ? run->previous_due
		                                                           : run->previous_over;
		break;
	case TIME_ANY:
		base = run->previous_over;
		break;
	case TIME_ABSOLUTE:
	case TIME_ABSOLUTE_RANGE:
		break;
	}
	bool range = step->time == TIME_RELATIVE_RANGE || step->time == TIME_ABSOLUTE_RANGE;
	run->due = base + step->at;
	run->until = base + (range ? step->until : step->at);
}

/* Nothing that comes now can be expected by a later line. */
static bool check_no_hope(struct running *run, const struct step *step)
{
	const struct queued *left;

	if (!run->settings->unexpected_fails || step->expects_after || step->kind == STEP_EXPECT)
		return true;
	left = packet_left(run);
	if (!left)
		return true;
	/* It may only be there because this step, which would have prevented it, comes late. */
	run_note_lateness(run, run_now(run));
	return packet_unexpected(run, left, step->where, "no later line expects a segment");
}

/*
 * A call that was to be back by now has been woken, but its thread may not have run yet: what this
 * step does (close the descriptor, say) must not come before it. It may also be this step that it
 * waits for, so that only half of what a time may be off is given to it; that is no lateness.
 */
static bool await_calls(struct running *run, const struct step *step)
{
	usec_t latest = run->due + run->settings->tolerance / 2;
	bool time_is_up = false;

	while (step->kind != STEP_INJECT && calls_overdue(run, run->due) && !time_is_up)
		if (!run_wait_event(run, latest, &time_is_up))
			return false;
	if (time_is_up)
		run->due = latest;
	return calls_in_time(run);
}

static bool run_step(struct running *run, const struct step *step)
{
	run->step = step;
	set_due(run, step);
	if (step->kind != STEP_EXPECT &&
	    (!run_wait_until(run, run->due) || !await_calls(run, step)))
		return false;
	run->over = -1;
	run->took = 0;
	if (!check_no_hope(run, step) || !step_functions[step->kind](run, step))
		return false;
	run->previous_over = run->over < 0 ? run_now(run) : run->over;
	run->previous_due = run->due;
	run->previous_took = run->took;
	run->previous_injected = step->kind == STEP_INJECT;
	return true;
}

/* After the last line: blocked calls come back, and the kernel has a moment to say more. */
static bool run_settle(struct running *run)
{
	enum { GRACE = USEC_PER_SEC };

	usec_t latest;
	bool time_is_up = false;
	while (calls_pending(run, &latest) && !time_is_up)
		if (!run_wait_event(run, latest + GRACE, &time_is_up))
			return false;
	if (time_is_up)
		return calls_still_blocked(run);
	latest = run->previous_over;
	if (!run->stirred && !run_wait_until(run, latest))
		return false;
	/* Where nothing was on the wire, and nobody else may send, nothing is on its way. */
	if (run->stirred)
		latest += run->settings->settle;
	if (!run_wait_until(run, latest))
		return false;
	/* One sent after that was only seen because we came late ourselves. */
	const struct queued *left = packet_left(run);
	return !left || left->at > latest || !run->settings->unexpected_fails ||
	       packet_unexpected(run, left, (struct range){ 0, 0 }, "no line expects it");
}

/* ---- commands ---- */

static bool run_command(struct running *run, struct range where, const char *text)
{
	if (!run->settings->commands_allowed)
		return run_end(run, VERDICT_SKIP, where, "commands are not allowed");
	run->stirred = true;
	int status = run->host->ops->command(run->host, text);
	if (status == 0)
		return true;
	if (status == -1)
		return run_end(run, VERDICT_INVALID, where, "%s", run->host->error);
	if (WIFSIGNALED(status))
		return run_fail(run, where, where, "the command was killed by signal %d",
		                WTERMSIG(status));
	return run_fail(run, where, where, "the command ended with status %d", WEXITSTATUS(status));
}

bool step_command(struct running *run, const struct step *step)
{
	run_note_lateness(run, run_now(run));
	struct event *event = run_event(run, EVENT_COMMAND, step->where, run_now(run));
	run_tell(run, event);
	usec_t begun = run_now(run);
	bool good = run_command(run, step->where, step->text);
	usec_t took = run_now(run) - begun;
	if (good && took > run->verdict->command_max)
		run->verdict->command_max = took;
	return good;
}

/* --init_scripts: files, separated by commas. */
static bool run_init_scripts(struct running *run)
{
	const char *list = run->settings->init_scripts;

	while (list && *list) {
		size_t length = strcspn(list, ",");

		if (length && !run_command(run, (struct range){ 0, 0 },
		                           arena_strndup(run->arena, list, length)))
			return false;
		list += length + (list[length] == ',');
	}
	return true;
}

static bool run_steps(struct running *run)
{
	const struct program *program = run->program;

	for (size_t i = 0; i < program->count; i++)
		if (!run_step(run, &program->steps[i]))
			return false;
	run->step = NULL;
	return run_settle(run);
}

/*
 * With --await_tick a script begins 0.57 ms after the tick: under packetdrill it is 0.25 ms, but
 * events that follow one another at once are some 0.05 ms apart there. Waking up takes some 0.07.
 */
enum { AFTER_TICK = 500 };

static void run_all(struct running *run)
{
	const struct program *program = run->program;

	if (!run_init_scripts(run))
		return;
	if (program->init_command && !run_command(run, program->init_where, program->init_command))
		return;
	if (run->settings->await_tick)
		run->host->ops->await_tick(run->host);
	run->pressure = run->host->ops->pressure(run->host);
	run->start = run->host->ops->now(run->host);
	if (run->settings->await_tick)
		run->start += AFTER_TICK;
	run_steps(run);
	run->verdict->duration = run_now(run);
	/* The cleanup command is run whatever came of the rest. */
	if (program->cleanup_command)
		run_command(run, program->cleanup_where, program->cleanup_command);
	if (!run->failed && program->has_code)
		code_run(run);
}

void run_program(const struct program *program, const struct addresses *addresses,
                 struct host *host, const struct run_listener *listener, struct verdict *verdict)
{
	struct arena *arena = arena_new();
	struct running *run = arena_alloc(arena, sizeof(*run));

	run->program = program;
	run->settings = &program->settings;
	run->addresses = addresses;
	run->host = host;
	run->verdict = verdict;
	run->arena = arena;
	run->queue_end = &run->queue;
	run->pressure = -1;
	if (listener)
		run->listener = *listener;
	run->descriptors = run->processes[0].descriptors =
		arena_alloc(arena, sizeof(*run->descriptors));
	if (program->has_processes)
		run->shared = arena_new_shared(SHARED_BYTES);
	connections_init(&run->connections, arena, run->settings, addresses);
	run_all(run);
	if (!run->failed)
		verdict->kind = VERDICT_PASS;
	sum_up_lateness(run);
	/* A call that is still blocked writes into memory of the arena: then it is left alone. */
	if (!run->pending) {
		arena_free(run->shared);
		arena_free(arena);
	}
}

void run_host_config(const struct program *program, const struct addresses *addresses,
                     struct host_config *config)
{
	const struct settings *settings = &program->settings;

	*config = (struct host_config){
		.local = addresses->local,
		.local_prefix = addresses->local_prefix,
		.gateway = addresses->gateway,
		.remote = addresses->remote,
		.remote_prefix = addresses->remote_prefix,
		.anyip = settings->anyip,
		.mtu = settings->mtu,
		.speed = settings->speed,
		.gso_size = settings->mss,
		.sysctls = program->sysctls,
	};
}
