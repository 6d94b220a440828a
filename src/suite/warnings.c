#include "suite/warnings.h"

#include "program/lint.h"

/* What stands behind the line that failed has not been played. */
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

bool warnings_print(struct test *test, const struct suite_options *options, FILE *errors)
{
	struct test_script *script = test->script;
	struct diag *diag;

	if (options->packetdrill || !test->program)
		return false;
	diag = diag_new(test->arena, script->sources);
	lint_program(test->program, played(test), script->sources, test->arena, diag);
	if (diag_warning_count(diag) == 0)
		return false;
	/* The families of a script have mostly the same. */
	if (!script->warned)
		diag_print(diag, errors);
	script->warned = true;
	return true;
}
