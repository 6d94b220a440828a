#include "suite/warnings.h"

#include "program/lint.h"

/* Lines behind the one that failed were not played. */
static size_t played(const struct test *test)
{
	const struct program *program = test->program;
	size_t count = 0;

	if (!test->verdict->line.end)
		return program->count;
	while (count < program->count &&
	       program->steps[count].where.begin != test->verdict->line.begin)
		count++;
	return count < program->count ? count + 1 : count;
}

const struct diag *warnings_of(struct test *test, const struct suite_options *options)
{
	const struct sources *sources = test->script->sources;

	if (options->packetdrill || !test->program)
		return NULL;
	if (!test->warnings) {
		test->warnings = diag_new(test->arena, sources);
		lint_program(test->program, played(test), sources, test->arena, test->warnings);
	}
	return diag_warning_count(test->warnings) ? test->warnings : NULL;
}

bool warnings_print(struct test *test, const struct suite_options *options, FILE *errors)
{
	const struct diag *warnings = warnings_of(test, options);

	if (!warnings)
		return false;
	/* The families of a script usually have the same warnings. */
	if (!test->script->warned)
		diag_print(warnings, errors);
	test->script->warned = true;
	return true;
}
