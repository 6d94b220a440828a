#include "suite/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "program/compile.h"
#include "script/cases.h"
#include "script/parse.h"
#include "suite/child.h"

usec_t suite_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * (usec_t)USEC_PER_SEC + now.tv_nsec / 1000;
}

/* ---- reading ---- */

static bool apply_given(struct test_script *script, const struct suite_options *options)
{
	bool good = true;
	for (const struct given_option *g = options->given; g; g = g->next) {
		const char *why = option_set(g->row, g->value, &script->settings, script->arena);
		if (why)
			diag_error(script->diag, (struct range){ 0, 0 }, "--%s=%s: %s", option_name(g->row),
			           g->value ? g->value : "", why);
		good &= !why;
	}
	if (options->no_commands)
		script->settings.commands_allowed = false;
	return good;
}

/* The defines of the row, when the script has a table. */
static void choose_case(struct test_script *script, const struct source_text *text, size_t index,
                        struct defines *defines)
{
	struct case_table table;
	if (!cases_read(text, script->arena, script->diag, &table) || !table.row_count)
		return;
	script->case_count = table.row_count;
	script->case_name = table.rows[index].name;
	cases_define(&table, index, script->arena, defines);
}

static void parse_text(struct test_script *script, const struct source_text *text, size_t index,
                       const struct suite_options *options)
{
	struct defines defines = *options->defines;
	choose_case(script, text, index, &defines);
	bool good = parse_script(script->arena, script->sources, text, &defines, script->diag,
	                         &script->tree);
	/* Both are checked, so that all errors come in one go. */
	good &= compile_settings(script->tree, script->arena, script->diag, &script->settings);
	good &= apply_given(script, options);
	if (script->settings.ip_versions)
		script->ip_versions = script->settings.ip_versions;
	(void)good;
}

struct test_script *test_script_read(const char *path, size_t index,
                                     const struct suite_options *options)
{
	struct arena *arena = arena_new();
	struct test_script *script = arena_alloc(arena, sizeof *script);
	const char *why;
	script->path = path;
	script->case_count = 1;
	script->arena = arena;
	script->sources = sources_new(arena);
	script->diag = diag_new(arena, script->sources);
	script->ip_versions = 1u << IP_V4;
	settings_init(&script->settings, options->packetdrill);
	const struct source_text *text = sources_read(script->sources, path, &why);
	if (text)
		parse_text(script, text, index, options);
	else
		diag_error(script->diag, (struct range){ 0, 0 }, "%s: %s", path, why);
	/* A script that is wrong is wrong once. */
	if (diag_error_count(script->diag))
		script->case_count = 1;
	while (diag_error_count(script->diag) && script->ip_versions & (script->ip_versions - 1))
		script->ip_versions &= script->ip_versions - 1;
	for (int version = 0; version < IP_VERSIONS; version++)
		script->tests_left += script->ip_versions >> version & 1;
	return script;
}

/* ---- compiling ---- */

static void set_error(struct test *test, const char *reason)
{
	test->verdict->kind = VERDICT_ERROR;
	snprintf(test->verdict->reason, sizeof test->verdict->reason, "%s", reason);
}

static const char *rerun_command(const struct test *test, const struct suite_options *options)
{
	struct arena *arena = test->script->arena;
	const char *command = arena_printf(arena, "%s --ip_version=%s", options->program_name,
	                                   ip_version_name(test->ip_version));
	for (const struct given_option *g = options->given; g; g = g->next)
		if (strcmp(option_name(g->row), "ip_version") != 0)
			command = arena_printf(arena, "%s --%s%s%s", command, option_name(g->row),
			                       g->value ? "=" : "", g->value ? g->value : "");
	if (test->script->case_name)
		command = arena_printf(arena, "%s --case=%s", command, test->script->case_name);
	return arena_printf(arena, "%s %s", command, test->script->path);
}

static void compile(struct test *test)
{
	struct test_script *script = test->script;
	struct program *program = NULL;
	script->settings.ip_version = test->ip_version;
	const char *why = addresses_init(&script->settings, &test->addresses);
	if (why)
		diag_error(script->diag, (struct range){ 0, 0 }, "%s: %s", script->path, why);
	unsigned before = diag_error_count(script->diag);
	if (script->tree && compile_script(script->tree, &script->settings, script->arena, script->diag, &program) &&
	    !before)
		test->program = program;
}

struct test *test_prepare(struct test_script *script, enum ip_version ip_version,
                          const struct suite_options *options, FILE *errors)
{
	struct arena *shared = arena_new_shared(sizeof(struct verdict) + 4096);
	struct test *test = calloc(1, sizeof *test);
	test->script = script;
	test->ip_version = ip_version;
	test->shared = shared;
	test->verdict = arena_alloc(shared, sizeof *test->verdict);
	test->done = -1;
	test->name = arena_printf(script->arena, "%s%s%s%s %s", script->path,
	                          script->case_name ? "[" : "", script->case_name ? script->case_name : "",
	                          script->case_name ? "]" : "", ip_version_name(ip_version));
	test->rerun = rerun_command(test, options);
	compile(test);
	if (!test->program) {
		diag_print(script->diag, errors);
		set_error(test, "the script is wrong");
	} else if (script->settings.dry_run) {
		test->verdict->kind = VERDICT_PASS;
	}
	return test;
}

/* ---- playing ---- */

/* Three times what the script takes when nothing goes wrong, and time for the machine. */
static usec_t time_limit(const struct test *test, const struct suite_options *options)
{
	enum { SLACK = 30 };
	usec_t sum = 0;
	if (options->time_limit)
		return options->time_limit;
	for (size_t i = 0; i < test->program->count; i++) {
		const struct step *step = &test->program->steps[i];
		usec_t end = step->until > step->at ? step->until : step->at;
		if (step->kind == STEP_CALL && step->call->blocking && step->call->end > end)
			end = step->call->end;
		if (step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE)
			sum = end > sum ? end : sum;
		else
			sum += end;
	}
	return 3 * sum + SLACK * (usec_t)USEC_PER_SEC;
}

bool test_start(struct test *test, const struct suite_options *options)
{
	int ends[2];
	fflush(NULL);
	if (pipe2(ends, O_CLOEXEC) != 0) {
		test->verdict->kind = VERDICT_INVALID;
		snprintf(test->verdict->reason, sizeof test->verdict->reason, "pipe: %s", strerror(errno));
		return false;
	}
	memset(test->verdict, 0, sizeof *test->verdict);
	test->tries++;
	test->stopping = NULL;
	test->started = suite_clock();
	test->deadline = test->started + time_limit(test, options);
	test->child = fork();
	if (test->child == 0) {
		close(ends[0]);
		child_main(test, options, ends[1]);
	}
	close(ends[1]);
	if (test->child < 0) {
		test->child = 0;
		close(ends[0]);
		test->verdict->kind = VERDICT_INVALID;
		snprintf(test->verdict->reason, sizeof test->verdict->reason, "fork: %s", strerror(errno));
		return false;
	}
	setpgid(test->child, test->child);
	test->done = ends[0];
	return true;
}

/* The child died before its verdict was there. */
static void judge_death(struct test *test)
{
	struct verdict *verdict = test->verdict;
	int status = 0;
	while (waitpid(test->child, &status, 0) < 0 && errno == EINTR)
		;
	verdict->kind = VERDICT_INVALID;
	if (WIFSIGNALED(status))
		snprintf(verdict->reason, sizeof verdict->reason, "the test process was killed by signal %d (%s)",
		         WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(verdict->reason, sizeof verdict->reason, "the test process ended with status %d",
		         WEXITSTATUS(status));
}

void test_stop(struct test *test, const char *reason)
{
	enum { GRACE = 2 };             /* seconds for the script's cleanup command */
	kill(test->child, SIGTERM);
	test->stopping = reason;
	test->deadline = suite_clock() + GRACE * (usec_t)USEC_PER_SEC;
}

void test_finish(struct test *test, bool ready)
{
	char byte;
	bool done = ready && read(test->done, &byte, 1) == 1;
	if (!done)
		kill(-test->child, SIGKILL);
	/* What it made of being stopped (an interrupted call, say) is no verdict; what it was before is. */
	if (test->stopping && !(done && test->verdict->kind == VERDICT_PASS)) {
		test->verdict->kind = VERDICT_INVALID;
		snprintf(test->verdict->reason, sizeof test->verdict->reason, "%s", test->stopping);
	} else if (!done) {
		judge_death(test);
	}
	test->cut_short = test->stopping || !done;
	close(test->done);
	test->done = -1;
	test->child = 0;
}

void test_free(struct test *test)
{
	struct test_script *script = test->script;
	arena_free(test->shared);
	free(test);
	if (--script->tests_left == 0)
		arena_free(script->arena);
}
