#include "suite/attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/artifacts.h"
#include "suite/child.h"
#include "suite/own_ends.h"

/* Three times what the script takes when nothing goes wrong, and some time for the machine. */
static usec_t time_limit(const struct test *test, const struct suite_options *options)
{
	enum { SLACK = 30 };

	return options->time_limit ? options->time_limit
	                           : 3 * test->script->length + SLACK * (usec_t)USEC_PER_SEC;
}

/*
 * Most scripts run nothing that could print, and keeping it costs as much as some calls of a
 * script.
 */
static bool may_print(const struct program *program)
{
	return program->init_command || program->cleanup_command || program->has_commands ||
	       program->has_code || program->has_processes || program->settings.init_scripts ||
	       program->settings.so_filename;
}

/*
 * Of all that was read for the tests, a child gets what belongs to its own. The rest is some 10,000
 * pages in a run of the suite, which took most of a child's time.
 */
static void lend_memory(const struct test *test, bool lent)
{
	arena_lend(test->script->file->arena, lent);
	arena_lend(test->script->arena, lent);
	arena_lend(test->arena, lent);
}

/*
 * Making a world takes a millisecond, but it may have to wait while the kernel removes other
 * namespaces.
 */
enum { SETUP_LIMIT = 60 * USEC_PER_SEC };

bool attempt_start(struct test *test, const struct suite_options *options)
{
	int ends[2];

	/* Its events are printed as they happen, below those of the try before. */
	if (test->tries && test->program->settings.verbose)
		printf("%s, try %u\n", test->name, test->tries + 1);
	fflush(NULL);
	if (pipe2(ends, O_CLOEXEC) != 0) {
		test_end(test, ENDING_BROKEN, "pipe: %s", strerror(errno));
		return false;
	}
	ends[0] = own_end(ends[0]);
	/* It is large. New memory is zero already, so it is cleared only for a further try. */
	if (test->tries)
		memset(test->evidence, 0, sizeof(*test->evidence));
	if (options->artifacts && !test->first)
		artifacts_begin(test, options->artifacts);
	test->tries++;
	test->stopping = NULL;
	test->overdue = false;
	test->hangs = false;
	test->call = 0;
	test->ready = test->ended = false;
	test->started = usec_now();
	test->deadline = test->started + SETUP_LIMIT;
	test->prints = (struct printed){ false, -1, -1 };
	/*
	 * When events are printed as they happen, what the programs print is not kept, so that both
	 * stay together.
	 */
	if (!test->program->settings.verbose && !options->packetdrill && may_print(test->program))
		printed_begin(&test->prints);
	lend_memory(test, true);
	test->child = fork();
	if (test->child == 0) {
		printed_take(&test->prints);
		close(ends[0]);
		own_ends_close();
		child_main(test, options, ends[1]);
	}
	lend_memory(test, false);
	close(ends[1]);
	if (test->child < 0) {
		test->child = 0;
		close(ends[0]);
		printed_end(&test->prints, STDOUT_FILENO, test->arena);
		test_end(test, ENDING_BROKEN, "fork: %s", strerror(errno));
		return false;
	}
	test->done = ends[0];
	return true;
}

bool attempt_listen(struct test *test, const struct suite_options *options, bool *said_done)
{
	char bytes[2];
	ssize_t length = read(test->done, bytes, sizeof(bytes));

	*said_done = length > 0 && bytes[length - 1] == CHILD_DONE;
	if (length > 0 && !test->ready && !test->stopping)
		test->deadline = usec_now() + time_limit(test, options);
	test->ready = true;
	return length <= 0 || *said_done;
}

/* The child died before it had said how the run ended, so what it wrote is incomplete. */
static void tell_death(struct test *test)
{
	int status = test->status;

	while (!test->ended && waitpid(test->child, &status, 0) < 0 && errno == EINTR)
		;
	/* A stack that is loaded into the child is what is tested, also when it ends the child. */
	if (WIFSIGNALED(status) && test_has_stack(test))
		test_end(test, ENDING_WRONG, "the stack crashed: signal %d (%s)", WTERMSIG(status),
		         strsignal(WTERMSIG(status)));
	else if (WIFSIGNALED(status))
		test_end(test, ENDING_NONE, "the test process was killed by signal %d (%s)",
		         WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		test_end(test, ENDING_NONE, "the test process ended with status %d",
		         WEXITSTATUS(status));
}

/* Who was too slow? The harness or a command, which says nothing; or a stack, which is tested. */
static void tell_stopped(struct test *test)
{
	if (test->overdue && test_has_stack(test))
		test_end(test, ENDING_WRONG, "the stack did not return in time, and was killed");
	else
		test_end(test, ENDING_BROKEN, "%s", test->stopping);
}

void attempt_stop(struct test *test, const char *reason)
{
	enum { GRACE = 2 }; /* seconds for the cleanup command of the script */

	kill(test->child, SIGTERM);
	test->stopping = reason;
	test->deadline = usec_now() + GRACE * (usec_t)USEC_PER_SEC;
}

static bool is_in_call(const struct test *test)
{
	return test->evidence->under_way.count % 2 &&
	       test->evidence->under_way.patience != USEC_FOREVER;
}

void attempt_watch(struct test *test, usec_t now)
{
	unsigned call = *(volatile unsigned *)&test->evidence->under_way.count;

	if (call != test->call) {
		test->call = call;
		test->call_since = now;
	}
	if (!test->stopping && is_in_call(test) &&
	    now - test->call_since >= test->evidence->under_way.patience) {
		test->hangs = true;
		attempt_stop(test, "a call does not return");
	}
}

usec_t attempt_next_look(const struct test *test, usec_t now, bool virtual_time)
{
	usec_t next = now + (now - test->started) / 2 + USEC_PER_SEC;

	if (!virtual_time || !test->ready || test->stopping)
		return test->deadline;
	if (is_in_call(test) && test->call == test->evidence->under_way.count)
		next = test->call_since + test->evidence->under_way.patience;
	return next < test->deadline ? next : test->deadline;
}

void attempt_overdue(struct test *test)
{
	test->overdue = test->ready;
	test->hangs = test->ready && is_in_call(test);
	attempt_stop(test,
	             test->ready
	                     ? "the test took too long"
	                     : "the kernel did not make a namespace for the test within a minute");
}

/* It did not even react to the signal: it is still in the same call. */
static void tell_hang(struct test *test)
{
	struct evidence *evidence = test->evidence;
	const struct call_under_way *call = &evidence->under_way;

	evidence->event = evidence->trace.count;
	*trace_add(&evidence->trace) = call->begun;
	evidence->line = call->begun.where;
	evidence->connection = call->begun.connection;
	evidence->hung = usec_now() - test->call_since;
	evidence->at = evidence->duration = call->begun.at + evidence->hung;
	test_end(test, ENDING_WRONG, "%s has not returned for %lld s, and no signal ends it",
	         call->name, (long long)(evidence->hung / USEC_PER_SEC));
}

void attempt_finish(struct test *test, bool said_done)
{
	test->wall = usec_now() - test->started;
	if (!said_done) {
		kill(-test->child, SIGKILL);
		if (!test->ended)
			kill(test->child, SIGKILL);
	}
	/*
	 * How the run ended after it was told to stop (with an interrupted call, for example) does
	 * not count; what it was in before does.
	 */
	if (test->hangs && !said_done && is_in_call(test))
		tell_hang(test);
	else if (test->stopping && !(said_done && test->evidence->ending == ENDING_WELL) &&
	         !(test->hangs && test->evidence->ending == ENDING_WRONG))
		tell_stopped(test);
	else if (!said_done)
		tell_death(test);
	else
		test_judge(test);
	test->cut_short = test->stopping || !said_done;
	test->printed = printed_end(&test->prints, STDOUT_FILENO, test->arena);
	close(test->done);
	test->done = -1;
	test->child = 0;
}
