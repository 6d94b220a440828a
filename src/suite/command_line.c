#include "suite/command_line.h"

#include <stdarg.h>
#include <stdio.h>

#include "suite/suite.h"

int command_line_error(const struct command_line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s: ", line->suite.program_name);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nTry '%s --help'.\n", line->suite.program_name);
	return SUITE_BAD_SCRIPT;
}

int command_line_add_path(struct command_line *line, const char *path)
{
	const char *why = discover(path, line->arena, &line->scripts);

	script_paths_add(&line->named, line->arena, path);
	if (!why)
		return COMMAND_LINE_GOOD;
	fprintf(stderr, "%s: %s: %s\n", line->suite.program_name, path, why);
	return SUITE_BAD_SCRIPT;
}
