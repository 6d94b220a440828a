#include "suite/prepare.h"

#include "program/compile.h"
#include "suite/names.h"
#include "suite/rerun.h"
#include "suite/warnings.h"

/* What the kernel of a guest has can only be seen in the guest, and a recording has what it has. */
static bool names_are_ours(const struct test *test, const struct suite_options *options)
{
	return !options->replay_path && !options->subjects[test->subject].guest;
}

/* The program as its tests on one subject have it: the settings say what is tested. */
static struct program *on_subject(const struct test *test, const struct program *program,
                                  const struct suite_options *options)
{
	const struct subject *subject = &options->subjects[test->subject];
	struct program *own = arena_memdup(test->arena, program, sizeof(*program));

	subject_settings(subject, &own->settings);
	/* Beside a stack, whose clock can be driven, the kernel has its own. */
	if (options->subject_count > 1 && !settings_have_stack(&own->settings) &&
	    subject_is_stack(&options->subjects[!test->subject]))
		own->settings.drive_clock = false;
	return own;
}

/*
 * An error that is only in one family is reported for that family, and the others are played.
 * *named tells that only a name is wrong: of something that this kernel does not have.
 */
static void compile(struct test *test, const struct suite_options *options, bool *named)
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
	*named = good && names_are_ours(test, options) &&
	         !names_check(program, test->arena, test->diag);
	if (good && !*named)
		test->program = on_subject(test, program, options);
}

/*
 * The first error becomes the reason. `hinted` adds its hint, for a guest: its host prints the
 * errors, but not those about names, because only the guest's kernel knows the names.
 */
static void judge_wrong(struct test *test, bool hinted)
{
	const struct diag_message *list[DIAG_KINDS * DIAG_MAX_ERRORS];
	const struct diag_hint *hint = NULL;
	const char *first = diag_first(test->diag, &test->evidence->where);
	unsigned more = diag_error_count(test->diag) - 1;

	if (first && hinted && diag_list(test->diag, list) > 0)
		hint = list[0]->hints;
	if (!first)
		test_end(test, ENDING_SCRIPT, "the script is wrong");
	else if (hint)
		test_end(test, ENDING_SCRIPT, "%s: %s", first, hint->text);
	else if (more)
		test_end(test, ENDING_SCRIPT, "%s, and %u more error%s", first, more,
		         more == 1 ? "" : "s");
	else
		test_end(test, ENDING_SCRIPT, "%s", first);
}

static bool is_too_long(const struct test *test, const struct suite_options *options)
{
	return !options->virtual_time && !options->replay_path &&
	       !test->program->settings.drive_clock &&
	       test->script->length > options->longest * (usec_t)USEC_PER_SEC;
}

void test_prepare(struct test *test, const struct suite_options *options)
{
	struct test_script *script = test->script;

	test->arena = arena_new_withheld();
	test->shared = arena_new_shared(sizeof(struct evidence) + 4096);
	test->evidence = arena_alloc(test->shared, sizeof(*test->evidence));
	test->verdict = arena_alloc(test->arena, sizeof(*test->verdict));
	test->verdict->evidence = test->evidence;
	test->rerun = rerun_command(test, options);
	if (script->other_tool) {
		test_end(test, ENDING_MISSING, "%s", script->other_tool);
		return;
	}
	bool named = false;
	compile(test, options, &named);
	if (!test->program) {
		if (options->errors)
			diag_print(test->diag, options->errors);
		judge_wrong(test, named && options->in_guest);
	} else if (script->missing[test->subject]) {
		test_end(test, ENDING_MISSING, "%s", script->missing[test->subject]);
	} else if (script->settings.lint && warnings_print(test, options, stderr)) {
		test_end(test, ENDING_SCRIPT, "the script has warnings");
	} else if (script->settings.lint || script->settings.dry_run) {
		warnings_print(test, options, stderr);
		test_end(test, ENDING_CHECKED, "not played");
	} else if (test->program->settings.drive_clock && !test_has_stack(test) &&
	           !options->replay_path) {
		test_end(test, ENDING_SCRIPT,
		         "--drive_clock is for another stack (--so_filename, --stack): the "
		         "kernel's clock is driven with --kernel");
	} else if (is_too_long(test, options)) {
		test_end(test, ENDING_MISSING,
		         "it takes %lld s; --longest=N allows this, and in virtual "
		         "time (--kernel) it takes none",
		         (long long)(script->length / USEC_PER_SEC));
	}
}
