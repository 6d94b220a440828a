#include "suite/rerun.h"

#include <string.h>

/* As the shell reads it back. */
static const char *quoted(struct arena *arena, const char *word)
{
	const char *plain =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+@%";
	const char *text = "'";

	if (*word && word[strspn(word, plain)] == '\0')
		return word;
	for (size_t length; *word; word += length + (word[length] == '\'')) {
		length = strcspn(word, "'");
		text = arena_printf(arena, "%s%.*s%s", text, (int)length, word,
		                    word[length] ? "'\\''" : "");
	}
	return arena_printf(arena, "%s'", text);
}

void rerun_add(struct suite_options *options, struct arena *arena, const char *name,
               const char *value)
{
	const char *before = options->rerun ? options->rerun : "";

	options->rerun =
		value ? arena_printf(arena, "%s --%s=%s", before, name, quoted(arena, value))
		      : arena_printf(arena, "%s --%s", before, name);
}

const char *rerun_command(const struct test *test, const struct suite_options *options)
{
	struct arena *arena = test->arena;
	const struct test_script *script = test->script;
	const char *command = arena_printf(arena, "%s%s --ip_version=%s", options->program_name,
	                                   options->rerun ? options->rerun : "",
	                                   ip_version_name(test->ip_version));

	if (options->kernel_count && options->kernels[test->kernel].guest)
		command = arena_printf(arena, "%s --kernel=%s", command,
		                       quoted(arena, options->kernels[test->kernel].label));
	if (script->case_name)
		command = arena_printf(arena, "%s --case=%s", command,
		                       quoted(arena, script->case_name));
	return arena_printf(arena, "%s %s%s", command, script->path[0] == '-' ? "-- " : "",
	                    quoted(arena, script->path));
}
