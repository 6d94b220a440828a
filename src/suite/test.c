#include "suite/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "program/compile.h"
#include "suite/artifacts.h"
#include "suite/child.h"
#include "suite/names.h"
#include "suite/rerun.h"

usec_t suite_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * (usec_t)USEC_PER_SEC + now.tv_nsec / 1000;
}

/* ---- before it runs ---- */

struct test *test_new(struct test_script *script, enum ip_version ip_version, unsigned repetition,
                      unsigned kernel, bool several)
{
	enum { SETUP = 10 * USEC_PER_MSEC };
	struct test *test = arena_alloc(script->arena, sizeof(*test));
	const char *name = script->path, *family = ip_version_name(ip_version);

	test->script = script;
	test->ip_version = ip_version;
	test->kernel = kernel;
	test->repetition = repetition;
	test->done = -1;
	test->member =
		repetition ? arena_printf(script->arena, "%s #%u", family, repetition) : family;
	if (several)
		test->member =
			arena_printf(script->arena, "%s @%c", test->member, (char)('A' + kernel));
	if (script->case_name)
		name = arena_printf(script->arena, "%s[%s]", script->path, script->case_name);
	test->name = arena_printf(script->arena, "%s %s", name, test->member);
	test->expected = script->length + SETUP;
	script->tests++;
	script->tests_left++;
	return test;
}

void test_judge(struct test *test, enum verdict_kind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	test->verdict->kind = kind;
	vsnprintf(test->verdict->reason, sizeof(test->verdict->reason), format, args);
	va_end(args);
}

/* What a guest's kernel has is for the guest to look at, and a recording has what it has. */
static bool names_are_ours(const struct test *test, const struct suite_options *options)
{
	return !options->replay_path &&
	       !(options->kernel_count && options->kernels[test->kernel].guest);
}

/* What is wrong in one family only is told of that, and the others are played. */
static void compile(struct test *test, const struct suite_options *options)
{
	struct test_script *script = test->script;
	struct program *program = script->program;

	test->diag = script->diag;
	if (diag_error_count(script->diag))
		return;
	test->diag = diag_new(test->arena, script->sources);
	script->settings.ip_version = test->ip_version;
	const char *why = addresses_init(&script->settings, &test->addresses);
	if (why)
		diag_error(test->diag, (struct range){ 0, 0 }, "%s: %s", script->path, why);
	bool good = !why;
	if (!program)
		good &= compile_script(script->tree, &script->settings, test->arena, test->diag,
		                       &program);
	if (good && names_are_ours(test, options))
		good = names_check(program, test->arena, test->diag);
	test->program = good ? program : NULL;
}

/* Where the errors are not printed, the reason is the first of them. */
static void judge_wrong(struct test *test, const struct suite_options *options)
{
	if (options->in_guest && diag_first(test->diag, &test->verdict->where))
		test_judge(test, VERDICT_ERROR, "%s",
		           diag_first(test->diag, &test->verdict->where));
	else
		test_judge(test, VERDICT_ERROR, "the script is wrong");
}

static bool is_too_long(const struct test_script *script, const struct suite_options *options)
{
	return !options->virtual_time && !options->replay_path &&
	       script->length > options->longest * (usec_t)USEC_PER_SEC;
}

void test_prepare(struct test *test, const struct suite_options *options, FILE *errors)
{
	struct test_script *script = test->script;

	test->arena = arena_new();
	test->shared = arena_new_shared(sizeof(struct verdict) + 4096);
	test->verdict = arena_alloc(test->shared, sizeof(*test->verdict));
	test->rerun = rerun_command(test, options);
	compile(test, options);
	if (!test->program) {
		if (errors)
			diag_print(test->diag, errors);
		judge_wrong(test, options);
	} else if (script->missing) {
		test_judge(test, VERDICT_SKIP, "%s", script->missing);
	} else if (script->settings.dry_run) {
		test->verdict->kind = VERDICT_PASS;
	} else if (is_too_long(script, options)) {
		test_judge(test, VERDICT_SKIP,
		           "it takes %lld s; --longest=N allows for that, and in virtual "
		           "time (--kernel) it takes none",
		           (long long)(script->length / USEC_PER_SEC));
	}
}

void test_free(struct test *test)
{
	struct test_script *script = test->script;

	arena_free(test->shared);
	arena_free(test->arena);
	if (--script->tests_left == 0)
		test_script_free(script);
}

/* ---- running ---- */

/* Three times what the script takes when nothing goes wrong, and time for the machine. */
static usec_t time_limit(const struct test *test, const struct suite_options *options)
{
	enum { SLACK = 30 };

	return options->time_limit ? options->time_limit
	                           : 3 * test->script->length + SLACK * (usec_t)USEC_PER_SEC;
}

/* Making a world takes a millisecond, but the kernel lets it wait while it takes others down. */
enum { SETUP_LIMIT = 60 * USEC_PER_SEC };

bool test_start(struct test *test, const struct suite_options *options)
{
	int ends[2];

	fflush(NULL);
	if (pipe2(ends, O_CLOEXEC) != 0) {
		test_judge(test, VERDICT_INVALID, "pipe: %s", strerror(errno));
		return false;
	}
	/* It is large, and new memory is zero already. */
	if (test->tries)
		memset(test->verdict, 0, sizeof(*test->verdict));
	if (options->artifacts)
		artifacts_begin(test, options->artifacts);
	test->tries++;
	test->stopping = NULL;
	test->ready = test->ended = false;
	test->started = suite_clock();
	test->deadline = test->started + SETUP_LIMIT;
	test->child = fork();
	if (test->child == 0) {
		close(ends[0]);
		child_main(test, options, ends[1]);
	}
	close(ends[1]);
	if (test->child < 0) {
		test->child = 0;
		close(ends[0]);
		test_judge(test, VERDICT_INVALID, "fork: %s", strerror(errno));
		return false;
	}
	test->done = ends[0];
	return true;
}

bool test_listen(struct test *test, const struct suite_options *options, bool *said_done)
{
	char bytes[2];
	ssize_t length = read(test->done, bytes, sizeof(bytes));

	*said_done = length > 0 && bytes[length - 1] == CHILD_DONE;
	if (length > 0 && !test->ready && !test->stopping)
		test->deadline = suite_clock() + time_limit(test, options);
	test->ready = true;
	return length <= 0 || *said_done;
}

/* The child died before its verdict was there: whatever it wrote into it is only half of it. */
static void judge_death(struct test *test)
{
	int status = test->status;

	while (!test->ended && waitpid(test->child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		test_judge(test, VERDICT_NONE, "the test process was killed by signal %d (%s)",
		           WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		test_judge(test, VERDICT_NONE, "the test process ended with status %d",
		           WEXITSTATUS(status));
}

void test_stop(struct test *test, const char *reason)
{
	enum { GRACE = 2 }; /* seconds for the script's cleanup command */

	kill(test->child, SIGTERM);
	test->stopping = reason;
	test->deadline = suite_clock() + GRACE * (usec_t)USEC_PER_SEC;
}

void test_finish(struct test *test, bool said_done)
{
	test->wall = suite_clock() - test->started;
	if (!said_done) {
		kill(-test->child, SIGKILL);
		if (!test->ended)
			kill(test->child, SIGKILL);
	}
	/*
	 * What it made of being stopped (an interrupted call, say) is no verdict; what it was
	 * before is.
	 */
	if (test->stopping && !(said_done && test->verdict->kind == VERDICT_PASS))
		test_judge(test, VERDICT_INVALID, "%s", test->stopping);
	else if (!said_done)
		judge_death(test);
	test->cut_short = test->stopping || !said_done;
	close(test->done);
	test->done = -1;
	test->child = 0;
}
