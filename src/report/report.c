#include "report/report.h"

#include <string.h>

const struct report_fact *report_facts(const struct report_run *run)
{
	return run->facts ? run->facts(run->context) : NULL;
}

const char *report_system(const struct report_fact *facts, struct arena *arena)
{
	size_t name, release;

	while (facts && strcmp(facts->name, "kernel"))
		facts = facts->next;
	if (!facts)
		return "nothing was played";
	name = strcspn(facts->value, " ");
	release = name + strspn(facts->value + name, " ");
	release += strcspn(facts->value + release, " ");
	return arena_strndup(arena, facts->value, release);
}
