/*
 * All scripts are read first, so that the tests can be counted, selected and ordered. Each test is
 * compiled when its turn comes. Most tests are played once, side by side. When the harness may be
 * the cause of a result, the test is put aside and tried again after the others: first a few at a
 * time, and what is still in doubt then, alone.
 */
#include "suite/suite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel/host_kernel.h"
#include "report/compare.h"
#include "report/formats.h"
#include "suite/artifacts.h"
#include "suite/guests.h"
#include "suite/again.h"
#include "suite/machine.h"
#include "suite/orders.h"
#include "suite/plan.h"
#include "suite/play.h"
#include "suite/second_look.h"
#include "suite/stop.h"
#include "suite/tell.h"
#include "suite/warnings.h"

struct suite {
	const struct suite_options *options;
	struct report_outputs *outputs;
	struct plan plan;
	struct guests *guests;  /* NULL: only the running kernel is tested */
	size_t guest_count;     /* how many tests are for guests; they come first in the plan */
	struct test **compared; /* all tests that are over, by their number; or NULL */
	struct test **again;    /* tests that will be tried again */
	size_t again_count;
	struct facts facts; /* see facts_of() */
	bool facts_known;
	struct report_totals totals;
	bool played;
	bool failed_fast;
	struct baseline_counts beside; /* the comparison with an earlier run */
	size_t different;              /* tests that differ between two subjects, and may not */
	bool lost;                     /* a file that was asked for could not be written */
	bool left_out;                 /* it was said that something is left out */
	usec_t begun;
};

/* ---- a test is over ---- */

static void count(struct suite *suite, const struct test *test)
{
	struct report_totals *totals = &suite->totals;
	enum verdict_kind kind = test->verdict->kind;

	totals->count[kind]++;
	totals->tests++;
	totals->flaky += test->failures && kind == VERDICT_PASS;
	totals->again += test->late;
	if (suite->options->fail_fast &&
	    (kind == VERDICT_FAIL || kind == VERDICT_XPASS || kind == VERDICT_ERROR))
		suite->failed_fast = true;
}

static void save_timing(const struct suite *suite, const struct test *test)
{
	if (suite->options->save_timings && test->tries && !test->cut_short)
		timings_add(suite->options->timings, test->name, test->wall);
}

/*
 * Said once: when one file cannot be written, many cannot. Files of a test that passed are not
 * missed.
 */
static void tell_lost(struct suite *suite, const struct test *test)
{
	const struct evidence *evidence = test->evidence;
	const struct suite_options *options = suite->options;
	bool wanted =
		options->pcap_path || options->record_path || artifacts_are_wanted(test, options);

	if (!evidence->lost[0] || !wanted)
		return;
	if (!suite->lost)
		fprintf(stderr, "%s: %.*s\n", options->program_name,
		        (int)strnlen(evidence->lost, VERDICT_TEXT), evidence->lost);
	suite->lost = true;
}

/*
 * A test that was not played, or only checked, stays as it was. A script with errors has them in
 * all families.
 */
static void note_failed(const struct suite *suite, const struct test *test)
{
	struct last_failed *failed = suite->options->failed;
	enum verdict_kind kind = test->verdict->kind;
	bool passed = kind == VERDICT_PASS || kind == VERDICT_SKIP || kind == VERDICT_XFAIL;

	if (!failed || kind == VERDICT_CHECKED)
		return;
	last_failed_note(failed, test_plain_name(test), passed || kind == VERDICT_ERROR);
	last_failed_note(failed, test->group, kind != VERDICT_ERROR);
}

/* Said once: what is left out of one test is usually left out of all. */
static void tell_left_out(struct suite *suite, const struct test *test)
{
	const char *text = test->evidence->left_out;

	if (!*text || suite->left_out)
		return;
	fprintf(stderr,
	        "%s: on this stack, some lines of scripts are left out, for example in %s: %.*s\n",
	        suite->options->program_name, test->name, (int)strnlen(text, VERDICT_TEXT), text);
	suite->left_out = true;
}

/* What is tested in the place of the kernel, by its file or command; NULL: the kernel is. */
static const char *stack_of(const struct settings *settings)
{
	return settings->so_filename ? settings->so_filename : settings->stack;
}

static void report(struct suite *suite, struct test *test)
{
	bool stopped = test->stopping && suite->totals.ended;
	bool kept =
		suite->options->artifacts && !stopped && artifacts_are_wanted(test, suite->options);

	/* A test that was never started has no folder yet. */
	if (kept && !test->artifacts)
		artifacts_name(test, suite->options->artifacts);
	const struct report_test told = {
		.path = test->script->path,
		.family = ip_version_name(test->ip_version),
		.name = test->name,
		.verdict = test->verdict,
		.sources = test->script->sources,
		.home = { test->script->sources, test->script->file->text,
		          &test->script->file->table, test->script->case_index },
		.errors = test->program ? NULL : test->diag,
		.warnings = warnings_of(test, suite->options),
		.directives = test->program ? test->program->directives : NULL,
		.program = test->program,
		.real_peer = test->program && test->program->settings.real_peer,
		.stack = test->program ? stack_of(&test->program->settings) : NULL,
		.rerun = test->rerun,
		.wall = test->wall,
		.group = test->group,
		.member = test->member,
		.number = test->place.test,
		.group_number = test->place.group,
		.member_number = test->place.member,
		.group_size = test->place.members,
		.tries = test->tries,
		.before = test->before,
		.printed = test->printed,
		.flaky = test->failures && test->verdict->kind == VERDICT_PASS,
		.known = test->known,
		.artifacts = kept ? test->artifacts : NULL,
		.stopped = stopped,
	};

	/*
	 * A warning may be about the line that failed. So where a person reads it, it comes before
	 * the failure.
	 */
	bool failed = test->verdict->kind == VERDICT_FAIL || test->verdict->kind == VERDICT_INVALID;
	if (failed && suite->outputs->list[0].format == report_formats[0])
		warnings_print(test, suite->options, stderr);
	if (test->artifacts)
		artifacts_end(test, suite->options, &told);
	tell_lost(suite, test);
	tell_left_out(suite, test);
	count(suite, test);
	save_timing(suite, test);
	outputs_test(suite->outputs, &told);
	note_failed(suite, test);
	if (suite->options->coverage)
		coverage_add(suite->options->coverage, &told);
	if (suite->options->transitions)
		transitions_page_add(suite->options->transitions, &told);
	if (suite->options->baseline)
		baseline_add(suite->options->baseline, &told);
	if (suite->compared)
		suite->compared[test->number] = test;
	else
		test_free(test);
}

/* The test has its final verdict. */
static void settle(struct suite *suite, struct test *test)
{
	second_look_over(test);
	again_settle(test, suite->options);
	if (!suite->options->in_guest) {
		report(suite, test);
		return;
	}
	tell_result(test, suite->options);
	count(suite, test);
	test_free(test);
}

static void over(void *context, struct test *test)
{
	struct suite *suite = context;
	unsigned failures = test->failures;

	if (!suite->totals.ended && !test->first && again_wanted(test, suite->options)) {
		if (test->failures > failures)
			artifacts_keep_try(test);
		suite->again[suite->again_count++] = test;
	} else if (!suite->totals.ended && !test->first &&
	           second_look_wanted(test, suite->options)) {
		suite->again[suite->again_count++] = test;
	} else {
		settle(suite, test);
	}
}

/* The guest has judged the test. */
static void over_in_guest(void *context, struct test *test)
{
	report(context, test);
}

/* ---- playing ---- */

static const char *ended(void *context)
{
	struct suite *suite = context;

	if (stop_signal())
		suite->totals.ended = "stopped by a signal";
	else if (suite->failed_fast)
		suite->totals.ended = "stopped by --fail_fast";
	return suite->totals.ended;
}

static const struct test *oldest(const struct play *play)
{
	const struct test *oldest = NULL;

	for (unsigned i = 0; i < play->running_count; i++)
		if (!oldest || play->running[i]->started < oldest->started)
			oldest = play->running[i];
	return oldest;
}

static void tick(void *context, const struct play *play)
{
	struct suite *suite = context;
	const struct test *test = oldest(play);

	usec_t now = usec_now();
	outputs_progress(suite->outputs, &(struct report_progress){
						 .totals = &suite->totals,
						 .planned = suite->plan.count,
						 .running = play->running_count,
						 .oldest = test ? test->name : NULL,
						 .oldest_for = test ? now - test->started : 0,
						 .elapsed = now - suite->begun,
					 });
}

/* A test that was not started is counted and freed. One that was tried before has that result. */
static void leave(struct suite *suite, struct test *test)
{
	if (test->tries) {
		settle(suite, test);
	} else {
		suite->totals.not_run++;
		test_free(test);
	}
}

static void play_round(struct suite *suite, struct test **queue, size_t number, unsigned jobs)
{
	struct play play = {
		.options = suite->options,
		.jobs = jobs < JOBS_MAX ? jobs : JOBS_MAX,
		.setups = suite->options->setups,
		.queue = queue,
		.count = number,
		.over = over,
		.ended = ended,
		.tick = tick,
		.context = suite,
	};

	play_all(&play);
	for (; play.next < number; play.next++)
		leave(suite, queue[play.next]);
}

static void play_in_guests(struct suite *suite)
{
	struct play play = {
		.options = suite->options,
		.queue = suite->plan.tests,
		.count = suite->guest_count,
		.over = over_in_guest,
		.ended = ended,
		.tick = tick,
		.context = suite,
	};

	guests_play(suite->guests, &play);
	for (; play.next < play.count; play.next++)
		leave(suite, play.queue[play.next]);
}

static void play_again(struct suite *suite, unsigned jobs)
{
	struct test **queue = suite->again;
	size_t number = suite->again_count;
	struct test **next = calloc(number + 1, sizeof(*next));

	if (!next)
		return;
	suite->again = next;
	suite->again_count = 0;
	play_round(suite, queue, number, jobs);
	free(queue);
}

static void play_rounds(struct suite *suite)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned few = cpus > 1 ? (unsigned)cpus : 1, jobs = suite->options->jobs;
	size_t first = suite->guest_count;

	suite->again = calloc(suite->plan.count + 1, sizeof(*suite->again));
	/*
	 * The guests have booted already, and must not disturb tests in real time, so they play
	 * first.
	 */
	if (suite->guests)
		play_in_guests(suite);
	if (jobs > 1 && !suite->options->shuffle)
		plan_mix(&suite->plan, first);
	play_round(suite, suite->plan.tests + first, suite->plan.count - first, jobs);
	if (suite->again_count > few)
		play_again(suite, few < jobs ? few : jobs);
	while (suite->again_count)
		play_again(suite, 1);
	free(suite->again);
}

/* ---- what is run ---- */

/* The facts: about the machine when a test is played on it, about its guests, about the run. */
static const struct report_fact *facts_of(void *context)
{
	struct suite *suite = context;
	struct facts machine;

	if (suite->facts_known || suite->guest_count == suite->plan.count)
		return suite->facts.first;
	facts_init(&machine, suite->facts.arena);
	facts_add_machine(&machine);
	*machine.end = suite->facts.first;
	if (!suite->facts.first)
		suite->facts.end = machine.end;
	suite->facts.first = machine.first;
	suite->facts_known = true;
	return suite->facts.first;
}

static void add_facts(struct facts *facts, const struct suite_options *options,
                      const struct plan *plan, size_t guests)
{
	if (!guests || guests < plan->count)
		facts_add(facts, "jobs", "%u", options->jobs);
	if (!selection_is_empty(options->selection))
		facts_add(facts, "selected", "%zu of %zu tests: %s", plan->selected, plan->found,
		          selection_text(options->selection));
	if (options->shard_count)
		facts_add(facts, "shard", "%u/%u: %zu of %zu tests, list %08x",
		          options->shard_index, options->shard_count, plan->count, plan->selected,
		          plan->digest);
	if (options->shuffle)
		facts_add(facts, "order", "--shuffle=%llu", (unsigned long long)options->seed);
}

static void tell_nothing(const struct suite_options *options, const struct plan *plan)
{
	fprintf(stderr, "%s: ", options->program_name);
	if (!plan->found)
		fprintf(stderr, "no script has a case '%s'\n", options->case_name);
	else if (!plan->selected)
		fprintf(stderr, "none of %zu tests matches %s\n", plan->found,
		        selection_text(options->selection));
	else
		fprintf(stderr, "no test is left for shard %u/%u of %zu tests\n",
		        options->shard_index, options->shard_count, plan->selected);
}

/* When there are more shards than tests, some shards have nothing to do. This is not a mistake. */
static int status_of_nothing(const struct plan *plan)
{
	return plan->selected ? SUITE_SKIPPED : SUITE_BAD_SCRIPT;
}

/* Returns false when there is nothing to play. */
static bool make_plan(struct plan *plan, const struct script_paths *paths,
                      const struct suite_options *options)
{
	plan_read(plan, paths, options);
	plan_select(plan, options);
	if (options->last_failed)
		plan_keep_failed(plan, options);
	if (options->shard_count)
		plan_shard(plan, options->shard_index, options->shard_count);
	plan_number_by_name(plan);
	if (options->shuffle)
		plan_shuffle(plan, options->seed);
	else if (options->jobs > 1 && !options->list)
		plan_sort_by_length(plan);
	return plan->count > 0;
}

/* A file that is for one test would be overwritten by each of several. */
static bool is_one(const struct plan *plan, const struct suite_options *options)
{
	if (plan->count == 1 || (!options->pcap_path && !options->record_path))
		return true;
	fprintf(stderr,
	        "%s: --%s is for one test, but these are %zu: --ip_version, --case and --filter "
	        "choose\n",
	        options->program_name, options->pcap_path ? "pcap" : "record", plan->count);
	return false;
}

int suite_list(const struct script_paths *paths, const struct suite_options *options)
{
	struct plan plan = { 0 };
	int status = SUITE_PASSED;

	if (!make_plan(&plan, paths, options)) {
		tell_nothing(options, &plan);
		status = status_of_nothing(&plan);
	}
	for (size_t i = 0; i < plan.count; i++)
		printf("%s\n", plan.tests[i]->name);
	plan_free(&plan, 0);
	return status;
}

/* ---- all of it ---- */

static bool all_skipped(const struct report_totals *totals)
{
	return totals->count[VERDICT_SKIP] == totals->tests && totals->tests;
}

/* Only new failures count. */
static int status_beside(const struct suite *suite)
{
	if (suite->beside.failures || suite->different)
		return SUITE_FAILED;
	if (suite->beside.invalid || suite->lost)
		return SUITE_FAULT;
	return all_skipped(&suite->totals) ? SUITE_SKIPPED : SUITE_PASSED;
}

static int status_of(const struct suite *suite)
{
	const struct report_totals *totals = &suite->totals;
	const size_t *count = totals->count;

	if (stop_signal())
		return SUITE_SIGNAL + stop_signal();
	if (suite->options->baseline)
		return status_beside(suite);
	if (count[VERDICT_FAIL] || count[VERDICT_XPASS] || suite->different)
		return SUITE_FAILED;
	if (count[VERDICT_ERROR])
		return SUITE_BAD_SCRIPT;
	if (count[VERDICT_INVALID] || count[VERDICT_NONE] || suite->lost)
		return SUITE_FAULT;
	return all_skipped(totals) ? SUITE_SKIPPED : SUITE_PASSED;
}

static bool is_in_guest(const struct suite_options *options, const struct test *test)
{
	return options->subjects[test->subject].guest;
}

/* Puts the tests for guests first, and otherwise keeps the order. Returns how many they are. */
static size_t guests_first(struct plan *plan, const struct suite_options *options)
{
	struct test **other = calloc(plan->count + 1, sizeof(*other));
	size_t guests = 0, rest = 0;

	for (size_t i = 0; other && i < plan->count; i++)
		if (is_in_guest(options, plan->tests[i]))
			plan->tests[guests++] = plan->tests[i];
		else
			other[rest++] = plan->tests[i];
	for (size_t i = 0; i < rest; i++)
		plan->tests[guests + i] = other[i];
	free(other);
	return guests;
}

/* Boots the guests. Returns false, after a message, when a kernel does not boot. */
static bool open_kernels(struct suite *suite)
{
	char error[GUEST_ERROR_TEXT];

	suite->guest_count = guests_first(&suite->plan, suite->options);
	if (!suite->guest_count)
		return true;
	suite->guests = guests_open(suite->options, suite->plan.tests, suite->guest_count,
	                            &suite->facts, error);
	if (!suite->guests)
		fprintf(stderr, "%s: %s\n", suite->options->program_name, error);
	return suite->guests;
}

/*
 * A test that was not played on a kernel, or whose result is not known, tells nothing about a
 * difference.
 */
static bool tells_of_kernel(const struct test *test)
{
	enum verdict_kind kind = test->verdict->kind;

	return kind == VERDICT_PASS || kind == VERDICT_FAIL || kind == VERDICT_XFAIL ||
	       kind == VERDICT_XPASS;
}

struct sums {
	size_t counts[DIFFERENCES], allowed;
};

static bool is_beside_stack(const struct suite_options *options)
{
	return subject_is_stack(&options->subjects[0]) || subject_is_stack(&options->subjects[1]);
}

/* Prints how the two differ, when this is `allowed` or is not, as is asked for. */
static void compare_pair(struct suite *suite, const struct test *a, const struct test *b,
                         bool allowed, struct sums *sums)
{
	const struct comparison comparison = {
		.group = a->group,
		.variant = a->variant,
		.a = a->verdict,
		.b = b->verdict,
		.sources = a->script->sources,
		.tolerance = a->script->settings.tolerance,
		.stack = is_beside_stack(suite->options),
	};
	bool known = tells_of_kernel(a) && tells_of_kernel(b);
	struct compared compared;

	/* Much of the suite asks for what a stack does not have. */
	if (comparison.stack && !known)
		return;
	compared = compare_find(&comparison);
	if (compared.allowed != allowed)
		return;
	sums->counts[compared.difference]++;
	if (compared.difference == DIFFERENCE_NONE)
		return;
	sums->allowed += allowed;
	suite->different += known && !allowed;
	compare_print(outputs_aside(suite->outputs), &comparison, &compared);
}

static void print_subjects(FILE *out, const struct suite_options *options)
{
	struct arena *arena = arena_new();

	fprintf(out, "A is %s, and B is %s\n", subject_name(&options->subjects[0], arena),
	        subject_name(&options->subjects[1], arena));
	arena_free(arena);
}

/* First what is wrong. */
static void compare(struct suite *suite)
{
	FILE *out = outputs_aside(suite->outputs);
	struct sums sums = { { 0 }, 0 };

	print_subjects(out, suite->options);
	for (int allowed = 0; allowed < 2; allowed++)
		for (size_t i = 0; i + 1 < suite->plan.found; i += SUBJECTS_MAX)
			if (suite->compared[i] && suite->compared[i + 1])
				compare_pair(suite, suite->compared[i], suite->compared[i + 1],
				             allowed, &sums);
	compare_print_totals(out, sums.counts, sums.allowed);
	for (size_t i = 0; i < suite->plan.found; i++)
		if (suite->compared[i])
			test_free(suite->compared[i]);
	free(suite->compared);
}

/* All tests of the given scripts were played. */
static bool is_whole(const struct suite *suite)
{
	return suite->plan.count == suite->plan.found && !suite->totals.ended;
}

static int run_plan(struct suite *suite, struct arena *arena)
{
	facts_init(&suite->facts, arena);
	if (!open_kernels(suite))
		return SUITE_FAULT;
	if (suite->options->subject_count > 1)
		suite->compared = calloc(suite->plan.found + 1, sizeof(*suite->compared));
	add_facts(&suite->facts, suite->options, &suite->plan, suite->guest_count);
	outputs_begin(suite->outputs, &(struct report_run){
					      .tests = suite->plan.count,
					      .groups = suite->plan.groups,
					      .facts = facts_of,
					      .context = suite,
					      .verbose = suite->options->verbose,
				      });
	suite->played = true;
	play_rounds(suite);
	suite->totals.wall = usec_now() - suite->begun;
	outputs_end(suite->outputs, &suite->totals);
	if (suite->options->coverage)
		coverage_system(suite->options->coverage, facts_of(suite));
	if (suite->options->transitions)
		transitions_page_system(suite->options->transitions, facts_of(suite));
	if (suite->options->baseline)
		suite->beside = baseline_print(suite->options->baseline,
		                               outputs_aside(suite->outputs), is_whole(suite));
	if (suite->compared)
		compare(suite);
	if (suite->guests)
		guests_close(suite->guests);
	return status_of(suite);
}

int suite_run(const struct script_paths *paths, const struct suite_options *options,
              struct report_outputs *outputs)
{
	struct suite suite = { .options = options, .outputs = outputs, .begun = usec_now() };
	struct arena *arena = arena_new();
	int status;

	stop_listen();
	host_kernel_prepare(options->artifacts || options->pcap_path);
	if (!make_plan(&suite.plan, paths, options)) {
		tell_nothing(options, &suite.plan);
		run_plan(&suite, arena);
		status = status_of_nothing(&suite.plan);
	} else if (!is_one(&suite.plan, options)) {
		status = SUITE_BAD_SCRIPT;
	} else {
		status = run_plan(&suite, arena);
	}
	if (options->failed)
		last_failed_save(options->failed);
	/* Tests that were played were freed as they ended. */
	plan_free(&suite.plan, suite.played ? suite.plan.count : 0);
	arena_free(arena);
	return status;
}

int suite_run_in_guest(const struct suite_options *options)
{
	struct suite suite = { .options = options, .begun = usec_now() };
	struct report_outputs none = { 0 };
	struct orders orders;
	struct facts facts;

	suite.outputs = &none;
	stop_listen();
	host_kernel_prepare(options->artifacts || options->pcap_path);
	orders_read(&orders);
	facts_init(&facts, orders.arena);
	facts_add_machine(&facts);
	tell_facts(facts.first);
	while (orders_next(&orders, &suite.plan, options))
		play_rounds(&suite);
	return status_of(&suite);
}
