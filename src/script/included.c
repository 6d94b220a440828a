#include "script/included.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"

#define RECIPES "recipes"

/* ---- folders ---- */

/* The folder of the program itself, without '/' at its end; "." when nobody knows. */
static void folder_of_program(char path[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
	char *slash;

	path[length > 0 ? length : 0] = '\0';
	slash = strrchr(path, '/');
	if (slash)
		*slash = '\0';
	else
		strcpy(path, ".");
}

const char *included_scripts(char path[PATH_MAX])
{
	static const char *const beside[] = { "shipped", "../share/tcpclose/scripts" };
	char program[PATH_MAX], recipes[2 * PATH_MAX];

	folder_of_program(program);
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		snprintf(recipes, sizeof(recipes), "%s/%s/" RECIPES, program, beside[i]);
		if (!realpath(recipes, path))
			continue;
		*strrchr(path, '/') = '\0';
		return path;
	}
	return strcpy(path, TCPCLOSE_DATA "/scripts");
}

const char *included_programs(char path[PATH_MAX])
{
	static const char *const beside[] = { "tests/programs", "../lib/tcpclose/programs" };
	char program[PATH_MAX], programs[2 * PATH_MAX];

	folder_of_program(program);
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		snprintf(programs, sizeof(programs), "%s/%s", program, beside[i]);
		if (realpath(programs, path))
			return path;
	}
	return realpath(TCPCLOSE_PROGRAMS, path);
}

const char *included_folder(const struct include_folder *given, size_t index, char path[PATH_MAX])
{
	for (; given; given = given->next, index--)
		if (index == 0)
			return given->path;
	if (index > 0)
		return NULL;
	included_scripts(path);
	strncat(path, "/" RECIPES, PATH_MAX - strlen(path) - 1);
	return path;
}

const char *included_places(struct arena *arena, const struct include_folder *given)
{
	char path[PATH_MAX];
	const char *folder, *text = "in ";

	for (size_t i = 0; (folder = included_folder(given, i, path)); i++)
		text = arena_printf(arena, "%s%s%s", text, i ? " or " : "", folder);
	return text;
}

/* ---- names ---- */

bool included_is_name(const char *written)
{
	size_t length = strlen(written);
	char end = *written == '"' ? '"' : '>';

	return length > 2 && (*written == '"' || *written == '<') && written[length - 1] == end;
}

const char *included_path(struct arena *arena, const char *includer, const char *written,
                          const struct include_folder *given)
{
	const char *name = arena_strndup(arena, written + 1, strlen(written) - 2);
	const char *slash = strrchr(includer, '/'), *folder;
	char path[PATH_MAX];

	if (*written == '"')
		return slash && *name != '/'
		               ? arena_printf(arena, "%.*s%s", (int)(slash + 1 - includer),
		                              includer, name)
		               : name;
	for (size_t i = 0; (folder = included_folder(given, i, path)); i++) {
		const char *whole = arena_printf(arena, "%s/%s", folder, name);

		if (access(whole, F_OK) == 0)
			return whole;
	}
	return NULL;
}

/* Files that an include may name: recipes, and scripts that other scripts continue. */
static bool is_included(const char *name)
{
	size_t length = strlen(name);

	return *name != '.' && length > 4 &&
	       (!strcmp(name + length - 4, ".inc") || !strcmp(name + length - 4, ".pkt"));
}

const char *included_suggest(struct arena *arena, const char *written,
                             const struct include_folder *given)
{
	struct suggestion near = {
		.wanted = arena_strndup(arena, written + 1, strlen(written) - 2),
	};
	char path[PATH_MAX];
	const char *folder;

	for (size_t i = 0; (folder = included_folder(given, i, path)); i++) {
		DIR *list = opendir(folder);

		for (struct dirent *entry; list && (entry = readdir(list));)
			if (is_included(entry->d_name))
				suggest_offer(&near, arena_strdup(arena, entry->d_name));
		if (list)
			closedir(list);
	}
	return near.best;
}
