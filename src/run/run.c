/*
 * One thread does everything. It sleeps in host->wire->wait(), where packets and the ends of
 * blocking calls arrive, and wakes up to play the next step. No step is skipped, and none fails,
 * because it is late; see lateness.h, and timing.h for how time is counted.
 */
#include "run/run.h"

#include <assert.h>
#include <string.h>

#include "run/arrivals.h"
#include "run/calls.h"
#include "run/explain.h"
#include "run/extra.h"
#include "run/hope.h"
#include "run/left_out.h"
#include "run/look.h"
#include "run/side.h"
#include "run/step_call.h"
#include "run/step_code.h"
#include "run/step_command.h"
#include "run/step_expect.h"
#include "run/step_inject.h"
#include "run/step_observe.h"
#include "run/step_process.h"
#include "run/tell.h"
#include "run/wait.h"

enum { SHARED_BYTES = 64 << 20 }; /* of address space; memory is taken only as it is used */

/* Plays one kind of step. Returns false when the run is over. */
typedef bool step_function(struct running *run, const struct step *step);

static step_function *const step_functions[] = {
	[STEP_INJECT] = step_inject,   [STEP_EXPECT] = step_expect, [STEP_CALL] = step_call,
	[STEP_COMMAND] = step_command, [STEP_CODE] = step_code,     [STEP_OBSERVE] = step_observe,
	[STEP_PROCESS] = step_process, [STEP_LINK] = step_link,
};
static_assert(sizeof(step_functions) / sizeof(*step_functions) == STEP_KINDS,
              "every kind of step has its function");

/* ---- steps ---- */

/*
 * A call that must be back by now has been woken, but its thread may not have run yet. What this
 * step does (for example, close the descriptor) must not come before the call returns. But the call
 * may also wait for this very step, so we wait only for half the tolerance. This waiting is not
 * lateness.
 */
static bool await_calls(struct running *run, const struct step *step)
{
	usec_t latest = run->timing.due + run->settings->tolerance / 2;
	bool time_is_up = false;

	while (step->kind != STEP_INJECT && calls_overdue(run, run->timing.due) && !time_is_up)
		if (!run_wait_event(run, latest, &time_is_up))
			return false;
	if (time_is_up)
		timing_put_off(&run->timing, latest);
	return calls_in_time(run);
}

/* Sleeps until the step is due. */
static bool await_time(struct running *run)
{
	usec_t mark = look_time_to_mark(run, run->timing.due);

	if (mark && !run_wait_until(run, mark))
		return false;
	if (mark)
		host_mark(run->host);
	return run_wait_until(run, run->timing.due);
}

static bool run_step(struct running *run, const struct step *step)
{
	teller_step(run, step);
	timing_begin(&run->timing, step);
	if (step->kind != STEP_EXPECT && (!await_time(run) || !await_calls(run, step)))
		return false;
	if (!hope_is_left(run) || !step_functions[step->kind](run, step))
		return false;
	timing_end(&run->timing, step);
	extra_step_over(run, step);
	return true;
}

/* After the last line: calls that block return, and the kernel has a moment to say more. */
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
	latest = run->timing.previous.over;
	if (!run->timing.stirred && !run_wait_until(run, latest))
		return false;
	/* When nothing was on the wire, and nobody else can send, nothing is under way. */
	if (run->timing.stirred)
		latest += run->settings->settle;
	if (!run_wait_until(run, latest))
		return false;
	/* A packet that was sent after that was only seen because the harness was late. */
	struct queued *left = run->queue.first;
	for (; run->settings->bless && left && !left->bad && left->at <= latest;
	     left = run->queue.first)
		extra_take(run, left);
	return !left || left->at > latest || !run->settings->unexpected_fails ||
	       packet_unexpected(run, left, (struct range){ 0, 0 }, "no line expects it");
}

/* ---- the whole run ---- */

/* --init_scripts: names of files, separated by commas. */
static bool run_init_scripts(struct running *run)
{
	const char *list = run->settings->init_scripts;

	while (list && *list) {
		size_t length = strcspn(list, ",");

		if (length && !command_run(run, (struct range){ 0, 0 },
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
	teller_step(run, NULL);
	return run_settle(run);
}

/*
 * With --await_tick a script begins 0.57 ms after the tick: 0.5 ms, and about 0.07 ms for waking
 * up. Under packetdrill it is 0.25 ms, but there, events that follow each other at once are about
 * 0.05 ms apart.
 */
enum { AFTER_TICK = 500 };

static void run_all(struct running *run)
{
	const struct program *program = run->program;

	if (!run_init_scripts(run))
		return;
	if (program->init_command && !command_run(run, program->init_where, program->init_command))
		return;
	if (run->settings->await_tick)
		host_await_tick(run->host);
	teller_start(run);
	timing_start(&run->timing, run->host->clock->now(run->host) +
	                                   (run->settings->await_tick ? AFTER_TICK : 0));
	if (!run_steps(run))
		explain_failure(run);
	run->teller.evidence->duration = timing_now(&run->timing);
	/* The cleanup command is run, whatever the result of the rest. */
	if (program->cleanup_command)
		command_run(run, program->cleanup_where, program->cleanup_command);
	if (!run->teller.failed && program->has_code)
		code_run(run);
}

/* A sysctl switches the tail loss probe off (ip-sysctl.rst). */
static bool has_no_loss_probe(const struct program *program)
{
	static const char name[] = "tcp_early_retrans";
	bool off = false;

	for (const struct setting *s = program->sysctls; s; s = s->next) {
		size_t length = strlen(s->name), end = sizeof(name) - 1;

		if (length > end && !strcmp(s->name + length - end, name))
			off = !strcmp(s->value, "0");
	}
	return off;
}

void run_program(const struct program *program, const struct addresses *addresses,
                 struct host *host, const struct run_listener *listener, struct evidence *evidence)
{
	struct arena *arena = arena_new();
	struct running *run = arena_alloc(arena, sizeof(*run));

	run->program = program;
	run->settings = &program->settings;
	run->addresses = addresses;
	run->host = host;
	run->only_states = left_out_applies(program, host);
	left_out_say(program, host, evidence->left_out, sizeof(evidence->left_out));
	run->arena = arena;
	if (program->has_processes)
		run->shared = arena_new_shared(SHARED_BYTES);
	timing_init(&run->timing, host, run->settings);
	connections_init(&run->connections, arena, run->settings, addresses,
	                 has_no_loss_probe(program));
	if (run->settings->real_peer)
		side_init(run, has_no_loss_probe(program));
	queue_init(&run->queue, arena);
	actors_init(&run->actors, arena);
	teller_begin(run, listener, evidence);
	extra_begin(run);
	run_all(run);
	teller_end(run);
	/*
	 * A call that still blocks may write into memory of the arena. Then the arena is not freed.
	 */
	if (!run->calls.pending) {
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
		.real_peer = settings->real_peer,
		.sysctls = program->sysctls,
	};
}
