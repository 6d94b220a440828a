/*
 * Each text becomes a test, which is played like any other. When the harness was late it is played
 * again, a few at a time.
 */
#include "suite/tries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "guest/guest.h"
#include "kernel/host_kernel.h"
#include "suite/again.h"
#include "suite/guests.h"
#include "suite/plan.h"
#include "suite/play.h"
#include "suite/prepare.h"
#include "suite/script_read.h"
#include "suite/stop.h"
#include "verdict/judge.h"

struct tries {
	struct suite_options options; /* for each play */
	struct player *player;
	struct arena *arena;
	unsigned subjects;
	const char *names[SUBJECTS_MAX]; /* of them, for people */
	struct test **again; /* tests that will be tried again, of those that are played now */
	size_t again_count;
	struct played *played;         /* of the texts that are played now, by test->number */
	bool *over;                    /* by test->number */
	size_t first_left;             /* all before it are over */
	usec_t passed;                 /* when the first of them passed; 0: none has */
	bool enough;                   /* one passes, and all before it are over */
	const struct judging *judging; /* NULL: `played` is wanted */
	struct arena *kept;            /* for what stays from play to play */
};

/* ---- the result of a test ---- */

static void add_difference(struct played *played, const struct verdict *verdict)
{
	const struct mismatches *mismatches = &verdict->evidence->mismatches;
	const struct mismatch *first = &mismatches->list[0];

	if (mismatches->count)
		snprintf(played->why, sizeof(played->why), "%s: %s wanted %s, seen %s",
		         verdict->reason, first->field, first->want, first->seen);
	else
		snprintf(played->why, sizeof(played->why), "%s", verdict->reason);
}

static void add_fields(struct played *played, const struct mismatches *mismatches)
{
	struct text_buffer fields = text_begin(played->fields, sizeof(played->fields));

	for (size_t i = 0; i < mismatches->count; i++)
		text_add(&fields, "%s ", mismatches->list[i].field);
}

static void add_place(struct played *played, const struct test *test)
{
	const struct verdict *verdict = test->verdict;
	const struct source_text *text = test->script->file->text;
	struct location location;
	uint32_t begin = verdict->line.begin ? verdict->line.begin : verdict->where.begin;

	if (!begin || !sources_locate(test->script->sources, begin, &location))
		return;
	snprintf(played->line, sizeof(played->line), "%.*s", (int)location.line_length,
	         location.line_text);
	if (begin >= text->base && begin - text->base < text->length)
		played->at = begin - text->base;
}

/* The texts stand in the order in which they are preferred. */
static void note_over(struct tries *tries, size_t number)
{
	tries->over[number] = true;
	if (!tries->passed && tries->played[number].kind == VERDICT_PASS)
		tries->passed = usec_now();
	for (; tries->over[tries->first_left]; tries->first_left++)
		tries->enough |= tries->played[tries->first_left].kind == VERDICT_PASS;
}

static void take_verdict(struct tries *tries, const struct test *test)
{
	struct played *played = &tries->played[test->number];
	const struct verdict *verdict = test->verdict;
	const struct event *event = verdict_event(verdict);

	*played = (struct played){ .kind = verdict->kind };
	note_over(tries, test->number);
	if (event)
		snprintf(played->class, sizeof(played->class), "%s", event->classified);
	snprintf(played->reason, sizeof(played->reason), "%s", verdict->reason);
	played->model = verdict->evidence->model;
	digest_of(&verdict->evidence->trace, &played->digest);
	add_difference(played, verdict);
	add_fields(played, &verdict->evidence->mismatches);
	if (verdict->evidence->has_state)
		snprintf(played->state, sizeof(played->state), "%s",
		         tcp_state_name(verdict->evidence->state.state));
	add_place(played, test);
}

/* ---- judging ---- */

static void hand_over(const struct tries *tries, const struct test *test)
{
	const struct test_script *script = test->script;
	const struct known *bug = again_bug(test, &tries->options);
	const char *family = ip_version_name(test->ip_version);
	const struct judged judged = {
		.name = script->case_name
		                ? arena_printf(script->arena, "%s %s", script->case_name, family)
		                : family,
		.verdict = test->verdict,
		.why = test->diag ? diag_first(test->diag, &(struct range){ 0, 0 }) : NULL,
		.excuse = bug ? bug->told.reason : NULL,
		.home = { script->sources, script->file->text, &script->file->table,
		          script->case_index },
	};

	tries->judging->take(tries->judging->context, &judged);
}

/*
 * What was noted while the harness was late is hardly what the kernel does. On a machine that stays
 * busy, what was noted last is used: if it is wrong, the plays of the new text will show it.
 */
static bool says_little(const struct test *test)
{
	enum { PATIENCE = 12, TIME = 4 * USEC_PER_SEC };
	const struct evidence *evidence = test->evidence;

	if (!test->tries || test->tries >= PATIENCE || test->tries * test->wall > TIME)
		return false;
	return evidence->ending == ENDING_BROKEN ||
	       (evidence->edits.count && evidence->late_max > test_tolerance(test) / 2);
}

static bool judge_again(struct tries *tries, struct test *test)
{
	if (stop_signal())
		return false;
	return tries->judging->bless ? says_little(test) : again_wanted(test, &tries->options);
}

/* ---- playing ---- */

/* Many drafts fail. A draft is tried again only when the result tells nothing at all. */
static bool says_nothing(const struct test *test)
{
	return test->evidence->ending == ENDING_BROKEN ||
	       judge_doubt(test->evidence, test_tolerance(test)) == DOUBT_HARNESS;
}

static bool draft_again(const struct tries *tries, struct test *test)
{
	bool in_time = !tries->player->until || usec_now() < tries->player->until;

	return in_time && !stop_signal() && says_nothing(test) &&
	       again_wanted(test, &tries->options);
}

static void over(void *context, struct test *test)
{
	struct tries *tries = context;

	if (tries->judging ? judge_again(tries, test) : draft_again(tries, test)) {
		tries->again[tries->again_count++] = test;
		return;
	}
	again_settle(test, &tries->options);
	if (tries->judging)
		hand_over(tries, test);
	else
		take_verdict(tries, test);
	test_free(test);
}

static void over_in_guest(void *context, struct test *test)
{
	const struct tries *tries = context;

	if (tries->judging)
		hand_over(tries, test);
	else
		take_verdict(context, test);
	test_free(test);
}

static const char *ended(void *context)
{
	/* What would pass, too, takes as long as what passed. */
	enum { LEAD = 150 * USEC_PER_MSEC };
	const struct tries *tries = context;

	if (stop_signal())
		return "stopped by a signal";
	if (!tries->player->first_pass || !tries->passed)
		return NULL;
	return tries->enough || usec_now() > tries->passed + LEAD ? "another one passes" : NULL;
}

static void tick(void *context, const struct play *play)
{
	(void)context, (void)play;
}

static void free_rest(struct play *play)
{
	for (; play->next < play->count; play->next++)
		test_free(play->queue[play->next]);
}

static void play_round(struct tries *tries, struct test **queue, size_t count, unsigned jobs)
{
	struct play play = {
		.options = &tries->options,
		.jobs = jobs,
		.setups = tries->options.setups,
		.queue = queue,
		.count = count,
		.over = over,
		.ended = ended,
		.tick = tick,
		.context = tries,
	};

	tries->again = arena_alloc(tries->arena, (count + 1) * sizeof(struct test *));
	tries->again_count = 0;
	play_all(&play);
	free_rest(&play);
}

/* Drafts for which the harness was late are tried again, fewer at a time. */
static void play_here(struct tries *tries, struct test **queue, size_t count)
{
	unsigned jobs = tries->options.jobs;

	for (; count; queue = tries->again, count = tries->again_count) {
		play_round(tries, queue, count, jobs);
		jobs = jobs > 4 ? 4 : 1;
	}
}

/* "lwip.so and Linux 6.12.1" */
static void name_subjects(struct tries *tries)
{
	struct text_buffer name = text_begin(tries->player->name, sizeof(tries->player->name));

	for (unsigned i = 0; i < tries->subjects; i++)
		text_add(&name, "%s%s", i ? " and " : "", tries->names[i]);
}

/* A guest tells what its kernel is: "Linux 6.1.192 ..." says more than its path. */
static void name_guests(struct tries *tries, const struct facts *facts)
{
	for (const struct report_fact *fact = facts->first; fact; fact = fact->next) {
		size_t length = strcspn(fact->value, " ");
		bool second = !strcmp(fact->name, "B kernel");

		if (!second && strcmp(fact->name, "A kernel") && strcmp(fact->name, "kernel"))
			continue;
		length += fact->value[length] ? 1 + strcspn(fact->value + length + 1, " ") : 0;
		tries->names[second] = arena_printf(tries->kept, "%.*s", (int)length, fact->value);
	}
	name_subjects(tries);
}

static void play_in_guests(struct tries *tries, struct test **queue, size_t count)
{
	char error[GUEST_ERROR_TEXT];
	struct facts facts;
	struct play play = {
		.options = &tries->options,
		.queue = queue,
		.count = count,
		.over = over_in_guest,
		.ended = ended,
		.tick = tick,
		.context = tries,
	};

	if (!count)
		return;
	facts_init(&facts, tries->arena);
	struct guests *guests = guests_open(&tries->options, queue, count, &facts, error);
	if (guests) {
		name_guests(tries, &facts);
		guests_play(guests, &play);
		guests_close(guests);
	} else {
		fprintf(stderr, "%s: %s\n", tries->options.program_name, error);
	}
	free_rest(&play);
}

/* ---- tests of texts ---- */

static bool is_for_guest(const struct tries *tries, unsigned subject)
{
	return tries->options.subjects[subject].guest;
}

static struct test *make_test(struct tries *tries, const char *path, const char *text, size_t index,
                              unsigned subject)
{
	struct script_file *file = script_file_of_text(path, text, (unsigned)index + 1);
	struct test_script *script = test_script_read(file, 0, &tries->options);
	enum ip_version version = (enum ip_version)__builtin_ctz(script->ip_versions);
	struct test *test = test_new(script, version, 0, subject, tries->subjects > 1);

	script_file_let_go(file);
	test->number = (unsigned)(index * tries->subjects + subject);
	/* The errors of a draft are not reported. */
	if (!is_for_guest(tries, subject))
		test_prepare(test, &tries->options);
	return test;
}

static void play(void *context, const char *path, const char *const *texts, size_t count,
                 struct played *played)
{
	struct tries *tries = context;
	size_t tests = count * tries->subjects, here = 0, guests = 0;
	struct test **in_guests = calloc(tests + 1, sizeof(*in_guests));
	struct test **in_here = calloc(tests + 1, sizeof(*in_here));

	memset(played, 0, tests * sizeof(*played));
	tries->arena = arena_new();
	tries->played = played;
	tries->over = arena_alloc(tries->arena, (tests + 1) * sizeof(bool));
	tries->first_left = 0;
	tries->enough = false;
	tries->passed = 0;
	tries->options.time_limit = tries->player->limit;
	tries->options.hasty = tries->player->hasty;
	for (size_t i = 0; in_guests && in_here && i < tests; i++) {
		unsigned subject = (unsigned)(i % tries->subjects);
		struct test *test = make_test(tries, path, texts[i / tries->subjects],
		                              i / tries->subjects, subject);

		if (is_for_guest(tries, subject))
			in_guests[guests++] = test;
		else
			in_here[here++] = test;
	}
	play_in_guests(tries, in_guests, guests);
	play_here(tries, in_here, here);
	arena_free(tries->arena);
	free(in_guests);
	free(in_here);
}

/* A test for each family and repetition of one row. */
static void add_row(struct tries *tries, struct test_script *script, struct plan *plan)
{
	const unsigned repeat = tries->judging->repeat;

	for (unsigned round = 1; round <= repeat; round++)
		for (unsigned left = script->ip_versions; left; left &= left - 1) {
			enum ip_version version = (enum ip_version)__builtin_ctz(left);
			struct test *test =
				test_new(script, version, repeat > 1 ? round : 0, 0, false);

			test->number = (unsigned)plan->count;
			if (!is_for_guest(tries, 0))
				test_prepare(test, &tries->options);
			plan_add(plan, test);
		}
}

static void judge_text(void *context, const struct judging *judging)
{
	struct tries *tries = context;
	struct plan plan = { 0 };
	size_t rows = 1;

	tries->arena = arena_new();
	tries->judging = judging;
	tries->options.bless = judging->bless;
	tries->options.time_limit = tries->player->limit;
	struct script_file *file = script_file_of_text(judging->path, judging->text, 1);
	for (size_t i = 0; i < rows; i++) {
		struct test_script *script = test_script_read(file, i, &tries->options);

		rows = script->case_count;
		add_row(tries, script, &plan);
	}
	script_file_let_go(file);
	if (is_for_guest(tries, 0))
		play_in_guests(tries, plan.tests, plan.count);
	else
		play_here(tries, plan.tests, plan.count);
	free(plan.tests);
	arena_free(tries->arena);
	tries->judging = NULL;
}

/* ---- opening ---- */

static bool is_stopped(void)
{
	return stop_signal() != 0;
}

struct tries *tries_open(const struct suite_options *options, struct player *player)
{
	struct tries *tries = calloc(1, sizeof(*tries));

	if (!tries)
		return NULL;
	tries->kept = arena_new();
	tries->options = *options;
	tries->options.errors = NULL; /* the errors of a draft are not reported */
	tries->player = player;
	tries->subjects = options->subject_count;
	stop_listen();
	host_kernel_prepare(false);
	*player = (struct player){
		.is_stopped = is_stopped,
		.play = play,
		.judge = judge_text,
		.context = tries,
		.subjects = tries->subjects,
	};
	for (unsigned i = 0; i < tries->subjects; i++)
		tries->names[i] = subject_name(&options->subjects[i], tries->kept);
	name_subjects(tries);
	return tries;
}

void tries_close(struct tries *tries)
{
	arena_free(tries->kept);
	free(tries);
}
