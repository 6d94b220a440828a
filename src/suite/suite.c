/*
 * Theory of operation. Tests are prepared one after the other as places become free, run in
 * children, and reported in the order in which they end. The parent sleeps in poll on the pipes of
 * the running children. A test that was INVALID (the harness was late) is put aside and tried once
 * more at the end, alone; what it is then, it is.
 */
#include "suite/suite.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MAX = 256, TRIES_MAX = 3 };

struct suite {
	const struct suite_options *options;
	struct report_output *outputs;
	size_t output_count;
	struct test_script **scripts;   /* all of them, read before the first is started */
	size_t script_count, script_room, next_script;
	unsigned families;              /* of the script before the next, still to be started */
	struct test *running[JOBS_MAX];
	unsigned running_count;
	struct test **again;            /* to be tried once more, alone */
	size_t again_count, again_room;
	size_t reported;
	struct report_totals totals;
};

static volatile sig_atomic_t stop_signal;

static void on_stop(int signal)
{
	stop_signal = signal;
}

static void report(struct suite *suite, struct test *test)
{
	const struct report_test line = {
		.path = test->script->path, .family = ip_version_name(test->ip_version),
		.name = test->name, .verdict = test->verdict, .sources = test->script->sources,
		.directives = test->program ? test->program->directives : NULL, .rerun = test->rerun,
		.wall = test->started ? suite_clock() - test->started : 0,
	};
	suite->totals.count[test->verdict->kind]++;
	suite->totals.tests++;
	suite->reported++;
	for (size_t i = 0; i < suite->output_count; i++) {
		suite->outputs[i].format->test(suite->outputs[i].out, suite->outputs[i].kept, &line,
		                               suite->reported);
		fflush(suite->outputs[i].out);
	}
	test_free(test);
}

static void put_aside(struct suite *suite, struct test *test)
{
	if (suite->again_count == suite->again_room) {
		size_t room = suite->again_room ? 2 * suite->again_room : 16;
		struct test **grown = realloc(suite->again, room * sizeof *grown);
		if (!grown) {
			report(suite, test);
			return;
		}
		suite->again = grown;
		suite->again_room = room;
	}
	suite->again[suite->again_count++] = test;
}

static void finished(struct suite *suite, struct test *test)
{
	bool late = test->verdict->kind == VERDICT_INVALID && !test->cut_short &&
	            test->verdict->late_max > test->script->settings.tolerance;
	if (late && test->tries < TRIES_MAX && !stop_signal)
		put_aside(suite, test);
	else
		report(suite, test);
}

/* The next test to start, or NULL. */
static struct test *next_test(struct suite *suite)
{
	while (!suite->families) {
		if (suite->next_script == suite->script_count)
			return NULL;
		suite->families = suite->scripts[suite->next_script++]->ip_versions;
	}
	unsigned version = (unsigned)__builtin_ctz(suite->families);
	suite->families &= suite->families - 1;
	return test_prepare(suite->scripts[suite->next_script - 1], (enum ip_version)version,
	                    suite->options, stderr);
}

static void start(struct suite *suite, struct test *test)
{
	if (test->verdict->kind != VERDICT_NONE && !test->tries)
		report(suite, test);    /* a bad script, or a dry run */
	else if (test_start(test, suite->options))
		suite->running[suite->running_count++] = test;
	else
		report(suite, test);
}

static void reap(void)
{
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

static void end_running(struct suite *suite, unsigned index, bool ready)
{
	struct test *test = suite->running[index];
	test_finish(test, ready);
	suite->running[index] = suite->running[--suite->running_count];
	finished(suite, test);
}

/* Sleeps until a test is done or out of time. */
static void wait_for_some(struct suite *suite)
{
	struct pollfd fds[JOBS_MAX];
	usec_t now = suite_clock(), nearest = now + 60 * (usec_t)USEC_PER_SEC;
	for (unsigned i = 0; i < suite->running_count; i++) {
		fds[i] = (struct pollfd){ .fd = suite->running[i]->done, .events = POLLIN };
		if (suite->running[i]->deadline < nearest)
			nearest = suite->running[i]->deadline;
	}
	int timeout = nearest > now ? (int)((nearest - now) / USEC_PER_MSEC) + 1 : 0;
	int ready = poll(fds, suite->running_count, timeout);
	now = suite_clock();
	for (unsigned i = suite->running_count; i-- > 0;) {
		struct test *test = suite->running[i];
		bool over = now >= test->deadline;
		if (ready > 0 && fds[i].revents)
			end_running(suite, i, true);
		else if (over && test->stopping)
			end_running(suite, i, false);
		else if (over)
			test_stop(test, "the test took too long");
		else if (stop_signal && !test->stopping)
			test_stop(test, "stopped by a signal");
	}
	reap();
}

static void run_first_round(struct suite *suite)
{
	unsigned jobs = suite->options->jobs < JOBS_MAX ? suite->options->jobs : JOBS_MAX;
	bool more = true;
	while (!stop_signal && (more || suite->running_count)) {
		while (more && suite->running_count < jobs) {
			struct test *test = next_test(suite);
			more = test != NULL;
			if (test)
				start(suite, test);
		}
		if (suite->running_count)
			wait_for_some(suite);
	}
	while (suite->running_count)
		wait_for_some(suite);
}

static void run_again_alone(struct suite *suite)
{
	for (size_t i = 0; i < suite->again_count; i++) {
		struct test *test = suite->again[i];
		if (stop_signal) {
			report(suite, test);
			continue;
		}
		start(suite, test);
		while (suite->running_count)
			wait_for_some(suite);
	}
	free(suite->again);
}

static bool add_script(struct suite *suite, struct test_script *script)
{
	if (suite->script_count == suite->script_room) {
		size_t room = suite->script_room ? 2 * suite->script_room : 64;
		struct test_script **grown = realloc(suite->scripts, room * sizeof *grown);
		if (!grown)
			return false;
		suite->scripts = grown;
		suite->script_room = room;
	}
	suite->scripts[suite->script_count++] = script;
	return true;
}

/* Reads all scripts; the result is the number of tests, which some formats must say first. */
static size_t read_scripts(struct suite *suite, const struct script_paths *paths)
{
	const char *only = suite->options->case_name;
	size_t tests = 0;
	for (const struct script_path *path = paths->first; path; path = path->next)
		for (size_t i = 0, count = 1; i < count; i++) {
			struct test_script *script = test_script_read(path->path, i, suite->options);
			count = script->case_count;
			if ((only && script->case_name && strcmp(only, script->case_name) != 0) ||
			    !add_script(suite, script))
				arena_free(script->arena);
			else
				tests += script->tests_left;
		}
	return tests;
}

/* Of scripts whose last test was not reached. */
static void free_scripts(struct suite *suite)
{
	if (suite->families)
		arena_free(suite->scripts[suite->next_script - 1]->arena);
	for (size_t i = suite->next_script; i < suite->script_count; i++)
		arena_free(suite->scripts[i]->arena);
	free(suite->scripts);
}

static enum suite_status status_of(const struct report_totals *totals)
{
	const size_t *count = totals->count;
	if (count[VERDICT_FAIL] || count[VERDICT_XPASS])
		return SUITE_FAILED;
	if (count[VERDICT_ERROR])
		return SUITE_BAD_SCRIPT;
	if (count[VERDICT_INVALID] || count[VERDICT_NONE] || stop_signal)
		return SUITE_FAULT;
	return count[VERDICT_SKIP] == totals->tests && totals->tests ? SUITE_SKIPPED : SUITE_PASSED;
}

enum suite_status suite_run(const struct script_paths *paths, const struct suite_options *options,
                            struct report_output *outputs, size_t output_count)
{
	struct suite suite = {
		.options = options, .outputs = outputs, .output_count = output_count,
	};
	struct sigaction action = { .sa_handler = on_stop };
	usec_t begun = suite_clock();
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	host_kernel_prepare();
	const struct report_run run = { .tests = read_scripts(&suite, paths) };
	for (size_t i = 0; i < output_count; i++)
		outputs[i].kept = outputs[i].format->begin(outputs[i].out, &run);
	run_first_round(&suite);
	run_again_alone(&suite);
	free_scripts(&suite);
	suite.totals.wall = suite_clock() - begun;
	for (size_t i = 0; i < output_count; i++) {
		outputs[i].format->end(outputs[i].out, outputs[i].kept, &suite.totals);
		fflush(outputs[i].out);
	}
	return status_of(&suite.totals);
}
