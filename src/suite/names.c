#include "suite/names.h"

#include <string.h>

#include "base/fault.h"
#include "base/setting.h"
#include "kernel/counters.h"
#include "kernel/netns.h"
#include "program/known_names.h"
#include "script/directives.h"
#include "suite/phrase.h"

static bool check_sysctl(const char *name, struct range where, struct arena *arena,
                         struct diag *diag)
{
	char value[4096], error[FAULT_TEXT];

	/* A kernel may have names that are not in the table. */
	if (sysctl_is_known(name) || sysctl_read(name, value, sizeof(value), error) == FAULT_NONE)
		return true;
	const char *near = sysctl_suggest(name, arena);
	diag_error(diag, where, "no known kernel has the sysctl %s", name);
	if (near)
		diag_hint(diag, "did you mean %s?", near);
	return false;
}

static bool check_counter(const struct observe_want *want, struct diag *diag)
{
	uint64_t value;

	if (counter_is_known(want->name) || counter_read(want->name, &value))
		return true;
	const char *near = counter_suggest(want->name);
	diag_error(diag, want->name_where, "no known kernel has the counter %s", want->name);
	if (near)
		diag_hint(diag, "did you mean %s?", near);
	return false;
}

/* requires sysctl NAME */
static bool check_requirement(const struct directive *directive, struct arena *arena,
                              struct diag *diag)
{
	struct phrase phrase = { .rest = directive->text,
		                 .at = directive->where.begin,
		                 .arena = arena };
	struct phrase_word condition, name;

	if (directive_find(directive->name)->kind != DIRECTIVE_REQUIRES ||
	    !phrase_next(&phrase, &condition) || strcmp(condition.text, "sysctl") ||
	    !phrase_next(&phrase, &name))
		return true;
	return check_sysctl(name.text, name.where, arena, diag);
}

bool names_check(const struct program *program, struct arena *arena, struct diag *diag)
{
	bool good = true;

	for (const struct setting *set = program->sysctls; set; set = set->next) {
		struct range name = { set->where.begin,
			              set->where.begin + (uint32_t)strlen(set->name) };

		good &= check_sysctl(set->name, name, arena, diag);
	}
	for (const struct directive *d = program->directives; d; d = d->next)
		good &= check_requirement(d, arena, diag);
	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];

		if (step->kind == STEP_OBSERVE && step->observe->kind == OBSERVE_COUNTER)
			good &= check_counter(step->observe, diag);
	}
	return good;
}
