#include "suite/init_scripts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * One of the commands. `text` begins with its first word. `where` is {0,0} when it comes from the
 * command line.
 */
struct command {
	struct test_script *script;
	const char *folder; /* the folder in which it is run; "": the current one */
	const char *text;
	struct range where;
};

static void no_command(const struct command *command)
{
	struct diag *diag = command->script->diag;

	diag_error(diag, command->where, "--init_scripts: there is no command %s", command->text);
	diag_hint(diag, "a file is written with its folder: ./%s", command->text);
}

static void no_file(const struct command *command, const char *why)
{
	struct diag *diag = command->script->diag;

	diag_error(diag, command->where, "--init_scripts: cannot run %s: %s", command->text, why);
	if (*command->folder && command->text[0] != '/')
		diag_hint(diag, "a script is played in its own folder, %s", command->folder);
}

static void check_file(const struct command *command)
{
	struct stat status;
	const char *path = command->text;

	if (*command->folder && *path != '/')
		path = arena_printf(command->script->arena, "%s%s", command->folder, path);
	if (stat(path, &status) != 0 || access(path, X_OK) != 0)
		no_file(command, strerror(errno));
	else if (S_ISDIR(status.st_mode))
		no_file(command, strerror(EISDIR));
}

/* The shell knows commands that are in no PATH, so it is asked. */
static void check_command(const struct command *command)
{
	const char *ask = arena_printf(command->script->arena, "command -v %s >/dev/null 2>&1",
	                               command->text);

	if (system(ask) != 0)
		no_command(command);
}

/* `text` ends at the comma behind the command. */
static void check(struct command *command, const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-:@%";
	size_t length = strcspn(text, " \t,");

	if (!length || strspn(text, plain) < length)
		return;
	command->text = arena_strndup(command->script->arena, text, length);
	if (command->where.end)
		command->where.end = command->where.begin + (uint32_t)length;
	if (strchr(command->text, '/'))
		check_file(command);
	else
		check_command(command);
}

/*
 * The place of the value in the script, without quotes. {0,0}: it comes from the command line,
 * which wins.
 */
static struct range place_of(const struct test_script *script, const struct suite_options *options)
{
	struct range where = { 0, 0 };

	for (const struct given_option *given = options->given; given; given = given->next)
		if (!strcmp(option_name(given->row), "init_scripts"))
			return where;
	for (const struct option_node *node = script->tree->options; node; node = node->next)
		if (node->value.text &&
		    option_find(node->name.text) == option_find("init_scripts")) {
			size_t quotes = node->value.where.end - node->value.where.begin -
			                strlen(node->value.text);

			where = node->value.where;
			where.begin += (uint32_t)quotes / 2;
		}
	return where;
}

void init_scripts_check(struct test_script *script, const struct suite_options *options)
{
	const char *list = script->settings.init_scripts, *slash = strrchr(script->path, '/');
	struct range where = place_of(script, options);
	struct command command = { .script = script, .folder = "" };

	if (options->chdir && slash)
		command.folder = arena_strndup(script->arena, script->path,
		                               (size_t)(slash + 1 - script->path));
	for (const char *text = list; text && *text; text += *text == ',') {
		text += strspn(text, " \t");
		command.where = where;
		if (where.end)
			command.where.begin += (uint32_t)(text - list);
		check(&command, text);
		text += strcspn(text, ",");
	}
}
