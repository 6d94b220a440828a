#include "suite/rerun.h"

#include <string.h>

const char *rerun_quoted(struct arena *arena, const char *word)
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

static const char *joined(struct arena *arena, const char *before, const char *name,
                          const char *value)
{
	before = before ? before : "";
	return value ? arena_printf(arena, "%s --%s=%s", before, name, rerun_quoted(arena, value))
	             : arena_printf(arena, "%s --%s", before, name);
}

void rerun_add(struct suite_options *options, struct arena *arena, const char *name,
               const char *value, bool here)
{
	options->rerun = joined(arena, options->rerun, name, value);
	if (!here)
		options->rerun_elsewhere = joined(arena, options->rerun_elsewhere, name, value);
}

/* The options that distinguish the test from others of its script. */
static const char *with_choice(const struct test *test, const char *options)
{
	const struct test_script *script = test->script;
	const char *family = ip_version_name(test->ip_version);

	options = joined(test->arena, options, "ip_version", family);
	return script->case_name ? joined(test->arena, options, "case", script->case_name)
	                         : options;
}

/* The option that names what is tested; the running kernel needs none. */
static const char *with_subject(const struct test *test, const struct subject *subject,
                                const char *words)
{
	if (!subject->guest && !subject_is_stack(subject))
		return words;
	words = joined(test->arena, words, subject_option(subject->kind), subject->label);
	return subject->flags ? joined(test->arena, words, "so_flags", subject->flags) : words;
}

const char *rerun_options(const struct test *test, const struct suite_options *options)
{
	const struct subject *subject = &options->subjects[test->subject];
	const char *words = options->rerun_elsewhere;

	return with_choice(test, subject->guest ? words : with_subject(test, subject, words));
}

const char *rerun_command(const struct test *test, const struct suite_options *options)
{
	struct arena *arena = test->arena;
	const char *path = test->script->path;
	const char *words = with_subject(test, &options->subjects[test->subject], options->rerun);

	return arena_printf(arena, "%s%s %s%s", options->program_name, with_choice(test, words),
	                    path[0] == '-' ? "-- " : "", rerun_quoted(arena, path));
}
