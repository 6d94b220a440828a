#include "suite/subject.h"

#include <string.h>
#include <sys/utsname.h>

static const char *const options[] = {
	[TESTED_DEFAULT] = NULL,
	[TESTED_KERNEL] = "kernel",
	[TESTED_LIBRARY] = "so_filename",
	[TESTED_COMMAND] = "stack",
};

const char *subject_option(enum subject_kind kind)
{
	return options[kind];
}

enum subject_kind subject_kind_of(const char *option)
{
	for (size_t i = TESTED_KERNEL; i < sizeof(options) / sizeof(*options); i++)
		if (!strcmp(option, options[i]))
			return (enum subject_kind)i;
	return TESTED_DEFAULT;
}

void subject_settings(const struct subject *subject, struct settings *settings)
{
	if (subject->kind == TESTED_DEFAULT)
		return;
	settings->so_filename = subject->kind == TESTED_LIBRARY ? subject->label : NULL;
	settings->stack = subject->kind == TESTED_COMMAND ? subject->label : NULL;
	if (subject->flags)
		settings->so_flags = subject->flags;
}

const char *subject_name(const struct subject *subject, struct arena *arena)
{
	struct utsname name;
	const char *slash;

	if (subject->guest || subject->kind == TESTED_COMMAND)
		return subject->label;
	if (subject->kind == TESTED_LIBRARY) {
		slash = strrchr(subject->label, '/');
		return slash ? slash + 1 : subject->label;
	}
	return uname(&name) == 0 ? arena_printf(arena, "%s %s", name.sysname, name.release)
	                         : "this kernel";
}
