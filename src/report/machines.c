#include "report/machines.h"

#include <assert.h>
#include <string.h>

enum machine {
	MACHINE_LINUX,
	MACHINE_BOTH_ENDS,
	MACHINE_JAVA,
	MACHINE_STACK,
	MACHINE_OUTSIDE,
	MACHINES,
};

static const char *const names[] = {
	[MACHINE_LINUX] = "Linux",
	[MACHINE_BOTH_ENDS] = "both ends real",
	[MACHINE_JAVA] = "Java on Linux",
	[MACHINE_STACK] = "the stack ",
	[MACHINE_OUTSIDE] = "played from outside",
};
static_assert(sizeof(names) / sizeof(*names) == MACHINES, "a machine has no name");

static bool needs_java(const struct report_test *test)
{
	for (const struct directive *d = test->directives; d; d = d->next)
		if (!strcmp(d->name, "requires") && !strncmp(d->text, "program java", 12))
			return true;
	return false;
}

static enum machine machine_of(const struct report_test *test)
{
	if (test->stack)
		return MACHINE_STACK;
	if (needs_java(test))
		return MACHINE_JAVA;
	return test->real_peer ? MACHINE_BOTH_ENDS : MACHINE_LINUX;
}

/* Of a file, without its folder. */
static const char *name_of(const char *stack)
{
	const char *slash = strrchr(stack, '/');

	return slash && !strchr(stack, ' ') ? slash + 1 : stack;
}

void machines_add(struct machines *machines, const struct report_test *test)
{
	if (test->verdict->kind != VERDICT_PASS)
		return;
	machines->seen |= 1u << machine_of(test);
	if (test->stack)
		machines->stack = name_of(test->stack);
}

void machines_print(const struct machines *machines, bool elsewhere, FILE *out)
{
	unsigned seen = machines->seen | (elsewhere ? 1u << MACHINE_OUTSIDE : 0);
	const char *comma = "";

	for (int i = 0; i < MACHINES; i++) {
		if (!(seen & 1u << i))
			continue;
		fprintf(out, "%s%s%s", comma, names[i], i == MACHINE_STACK ? machines->stack : "");
		comma = ", ";
	}
}
