/* A world that lacks a table, or an entry of one, is told before the first event of a script. */
#include "run/needs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "program/syscalls.h"
#include "run/left_out.h"

/* ---- a world that has all of it ---- */

static bool yes_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	(void)host, (void)segment, (void)at;
	return true;
}
static enum host_wake yes_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	(void)host, (void)deadline, (void)packet;
	return HOST_TIME;
}
static bool yes_link(struct host *host, bool up)
{
	(void)host, (void)up;
	return true;
}
static void yes_call(struct host *host, struct host_call *call)
{
	(void)host;
	call->end = CALL_RETURNED;
}
static bool yes_begin(struct host *host, struct host_call *call)
{
	yes_call(host, call);
	return true;
}
static bool yes_fork(struct host *host, unsigned *process)
{
	(void)host, (void)process;
	return true;
}
static bool yes_spawn(struct host *host, const char *text, unsigned *process)
{
	(void)host, (void)text, (void)process;
	return true;
}
static bool yes_kill(struct host *host, unsigned process, int number)
{
	(void)host, (void)process, (void)number;
	return true;
}
static bool yes_ended(struct host *host, unsigned process, int *status)
{
	(void)host, (void)process, (void)status;
	return true;
}
static int yes_command(struct host *host, const char *text)
{
	(void)host, (void)text;
	return 0;
}
static bool yes_observe(struct host *host, const struct tcp_tuple *tuple, struct tcp_status *status)
{
	(void)host, (void)tuple, (void)status;
	return true;
}
static bool yes_counter(struct host *host, const char *name, uint64_t *value)
{
	(void)host, (void)name, (void)value;
	return true;
}
static unsigned yes_signals(struct host *host, int number)
{
	(void)host, (void)number;
	return 0;
}

/* ---- the tables, of which a test takes something out ---- */

struct world {
	struct host host;
	struct wire_ops wire;
	struct call_ops calls;
	struct look_ops look;
};

static void world_open(struct world *world)
{
	*world = (struct world){
		.host = { .name = "this stack",
		          .wire = &world->wire,
		          .calls = &world->calls,
		          .look = &world->look },
		.wire = { .inject = yes_inject, .wait = yes_wait, .link = yes_link },
		.calls = { .call = yes_call,
		           .begin = yes_begin,
		           .fork = yes_fork,
		           .spawn = yes_spawn,
		           .kill = yes_kill,
		           .ended = yes_ended,
		           .command = yes_command },
		.look = { .observe = yes_observe, .counter = yes_counter, .signals = yes_signals },
	};
}

#define WITHOUT(function, statement)              \
	static void function(struct world *world) \
	{                                         \
		world->statement;                 \
	}
WITHOUT(no_link, wire.link = NULL)
WITHOUT(no_begin, calls.begin = NULL)
WITHOUT(no_fork, calls.fork = NULL)
WITHOUT(no_spawn, calls.spawn = NULL)
WITHOUT(no_kill, calls.kill = NULL)
WITHOUT(no_ended, calls.ended = NULL)
WITHOUT(no_command, calls.command = NULL)
WITHOUT(no_look, host.look = NULL)
WITHOUT(no_observe, look.observe = NULL)
WITHOUT(no_counter, look.counter = NULL)
WITHOUT(no_signals, look.signals = NULL)

static bool offers_nothing(const struct host *host, const char *name)
{
	(void)host, (void)name;
	return false;
}
WITHOUT(no_close, calls.offers = offers_nothing)

/* ---- what scripts ask for ---- */

static const struct syscall_row some_row = { .name = "close" };
static const struct call_want plain = { .row = &some_row },
			      blocking = { .row = &some_row, .blocking = true },
			      twin = { .row = &some_row, .process = 1 };
static const struct observe_want state = { .kind = OBSERVE_STATE },
				 counter = { .kind = OBSERVE_COUNTER },
				 sign = { .kind = OBSERVE_SIGNAL },
				 silence = { .kind = OBSERVE_SILENCE };
static const struct process_want forks = { .action = PROCESS_FORK },
				 runs = { .action = PROCESS_RUN },
				 exits = { .action = PROCESS_EXIT },
				 kills = { .action = PROCESS_KILL },
				 waits = { .action = PROCESS_WAIT };

static const struct need_row {
	struct step step;
	void (*without)(struct world *world);
	const char *error; /* NULL: nothing is missed */
} need_rows[] = {
	/* clang-format off */
	{ { .kind = STEP_LINK },                         no_link,    "this stack cannot take its link down" },
	{ { .kind = STEP_CALL, .call = &blocking },      no_begin,   "this stack cannot make a call that blocks" },
	{ { .kind = STEP_CALL, .call = &plain },         no_begin,   NULL },
	{ { .kind = STEP_CALL, .call = &plain },         no_close,   "this stack has no close()" },
	{ { .kind = STEP_CALL, .call = &twin },          no_fork,    "this stack cannot make calls in another process" },
	{ { .kind = STEP_PROCESS, .process = &forks },   no_fork,    "this stack cannot make calls in another process" },
	{ { .kind = STEP_PROCESS, .process = &exits },   no_fork,    "this stack cannot make calls in another process" },
	{ { .kind = STEP_PROCESS, .process = &runs },    no_spawn,   "this stack cannot run programs" },
	{ { .kind = STEP_PROCESS, .process = &kills },   no_kill,    "this stack cannot send signals to processes" },
	{ { .kind = STEP_PROCESS, .process = &waits },   no_ended,   "this stack cannot tell whether a process has ended" },
	{ { .kind = STEP_COMMAND, .text = "true" },      no_command, "this stack cannot run commands" },
	{ { .kind = STEP_CODE, .text = "assert True" },  no_command, "this stack cannot run commands" },
	{ { .kind = STEP_OBSERVE, .observe = &state },   no_observe, "this stack cannot show the state of a connection" },
	{ { .kind = STEP_OBSERVE, .observe = &state },   no_look,    "this stack cannot show the state of a connection" },
	{ { .kind = STEP_OBSERVE, .observe = &counter }, no_counter, "this stack cannot show counters" },
	{ { .kind = STEP_OBSERVE, .observe = &counter }, no_look,    "this stack cannot show counters" },
	{ { .kind = STEP_OBSERVE, .observe = &sign },    no_signals, "this stack cannot tell which signals came" },
	{ { .kind = STEP_OBSERVE, .observe = &silence }, no_look,    NULL },
	{ { .kind = STEP_INJECT },                       no_look,    NULL },
	{ { .kind = STEP_EXPECT },                       no_look,    NULL },
	/* clang-format on */
};

static void test_each_table(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof(need_rows) / sizeof(need_rows[0]); i++) {
		const struct need_row *row = &need_rows[i];
		struct step steps[2] = { { .kind = STEP_INJECT, .where = { 1, 2 } }, row->step };
		struct program program = { .steps = steps, .count = 2 };
		char error[FAULT_TEXT] = "";
		struct world world;
		struct range where;

		steps[1].where = (struct range){ 3, 4 };
		world_open(&world);
		assert_true(needs_are_met(&program, &world.host, &where, error));
		row->without(&world);
		assert_int_equal(needs_are_met(&program, &world.host, &where, error), !row->error);
		if (!row->error)
			continue;
		assert_string_equal(error, row->error);
		assert_int_equal(where.begin, 3);
	}
}

/* Commands stand before and behind the events, and in an option. */
static void test_commands_around(void **unused)
{
	char error[FAULT_TEXT] = "";
	struct world world;
	struct range where;

	(void)unused;
	struct program begins = { .init_command = "true", .init_where = { 7, 8 } };
	struct program ends = { .cleanup_command = "true", .cleanup_where = { 9, 10 } };
	struct program told = { .settings = { .init_scripts = "setup.sh" } };

	world_open(&world);
	assert_true(needs_are_met(&begins, &world.host, &where, error));
	assert_true(needs_are_met(&ends, &world.host, &where, error));
	assert_true(needs_are_met(&told, &world.host, &where, error));
	no_command(&world);
	assert_false(needs_are_met(&begins, &world.host, &where, error));
	assert_int_equal(where.begin, 7);
	assert_false(needs_are_met(&ends, &world.host, &where, error));
	assert_int_equal(where.begin, 9);
	assert_false(needs_are_met(&told, &world.host, &where, error));
	assert_int_equal(where.begin, 0);
}

/* A stack that shows no states is played on without; of one that does, no more than they count. */
static void test_left_out(void **unused)
{
	static const struct observe_want timer = { .kind = OBSERVE_STATE, .has_timer = true };
	static const struct setting sysctl = { .name = "net.ipv4.tcp_sack", .value = "0" };
	static const struct directive some = { .name = "requires", .text = "stack" },
				      other = { .name = "requires", .text = "stack other" },
				      lacks = { .name = "requires", .text = "stacks" };
	struct step steps[] = { { .kind = STEP_OBSERVE, .observe = &state },
		                { .kind = STEP_OBSERVE, .observe = &timer } };
	struct program program = { .steps = steps, .count = 2, .sysctls = &sysctl };
	char error[FAULT_TEXT] = "", text[100];
	struct world world;
	struct range where;

	(void)unused;
	world_open(&world);
	left_out_say(&program, &world.host, text, sizeof(text));
	assert_string_equal(text, "");
	world.host.foreign = true;
	assert_true(left_out_applies(&program, &world.host));
	left_out_say(&program, &world.host, text, sizeof(text));
	assert_string_equal(text, "sysctl net.ipv4.tcp_sack, 1 state line's timer and queue");
	no_observe(&world);
	assert_true(needs_are_met(&program, &world.host, &where, error));
	left_out_say(&program, &world.host, text, sizeof(text));
	assert_string_equal(text, "sysctl net.ipv4.tcp_sack, 2 state lines");
	program.directives = &some;
	assert_false(left_out_applies(&program, &world.host));
	assert_true(needs_are_met(&program, &world.host, &where, error));
	program.directives = &lacks;
	assert_true(left_out_applies(&program, &world.host));
	program.directives = &other;
	assert_false(needs_are_met(&program, &world.host, &where, error));
	assert_string_equal(error, "needs the stack other, but this is this stack");
}

/* What a world may lack and nobody misses is asked through host.h. */
static void test_optional_entries(void **unused)
{
	static const struct clock_ops clock = { .now = NULL };
	struct world world;

	(void)unused;
	world_open(&world);
	world.host.clock = &clock;
	host_await_tick(&world.host);
	assert_int_equal(host_waited(&world.host), 0);
	assert_int_equal(host_pressure(&world.host), -1);
	world.host.look = NULL;
	assert_int_equal(host_pressure(&world.host), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_table),
		cmocka_unit_test(test_commands_around),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_optional_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
