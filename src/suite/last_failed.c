#include "suite/last_failed.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/save.h"
#include "base/source.h"
#include "suite/folders.h"

enum { LISTS_MAX = 100 }; /* so many lists are kept */

struct failed_test {
	const char *name;
	bool before, played,
		failed; /* in the old list; played in this run; played in this run and failed */
	struct failed_test *next;
};

struct last_failed {
	struct arena *arena;
	const char *folder, *path; /* NULL: there is no place for the list */
	const char *scripts;       /* for people who look into the file */
	struct failed_test *tests;
};

/* ---- where ---- */

static const char *state_folder(struct arena *arena)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return arena_printf(arena, "%s/tcpclose/failed", state);
	return home && *home == '/' ? arena_printf(arena, "%s/.local/state/tcpclose/failed", home)
	                            : NULL;
}

/* The folder to which the names of the tests are relative, and the words on the command line. */
static const char *scripts_of(struct arena *arena, const struct script_paths *named)
{
	char folder[PATH_MAX];
	const char *text = getcwd(folder, sizeof(folder)) ? folder : "";

	text = arena_printf(arena, "%s:", text);
	for (const struct script_path *path = named->first; path; path = path->next)
		text = arena_printf(arena, "%s %s", text, path->path);
	return text;
}

/* ---- the list ---- */

static struct failed_test *find(const struct last_failed *list, const char *name)
{
	struct failed_test *test = list->tests;

	while (test && strcmp(test->name, name))
		test = test->next;
	return test;
}

static struct failed_test *add(struct last_failed *list, const char *name)
{
	struct failed_test *test = arena_alloc(list->arena, sizeof(*test));

	test->name = arena_strdup(list->arena, name);
	test->next = list->tests;
	return list->tests = test;
}

/* A line for each test, behind one that begins with '#'. */
static void read_lines(struct last_failed *list)
{
	const char *why;
	const struct source_text *text = sources_read(sources_new(list->arena), list->path, &why);
	char *copy = text ? arena_strdup(list->arena, text->text) : NULL, *rest = NULL;

	for (char *line = copy ? strtok_r(copy, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest))
		if (*line != '#')
			add(list, line)->before = true;
}

struct last_failed *last_failed_read(struct arena *arena, const struct script_paths *named)
{
	struct last_failed *list = arena_alloc(arena, sizeof(*list));

	list->arena = arena;
	list->scripts = scripts_of(arena, named);
	list->folder = state_folder(arena);
	if (!list->folder)
		return list;
	list->path = arena_printf(arena, "%s/%08" PRIx32, list->folder,
	                          hash_add(HASH_BEGIN, list->scripts, strlen(list->scripts)));
	read_lines(list);
	return list;
}

bool last_failed_has(const struct last_failed *list, const char *name)
{
	const struct failed_test *test = find(list, name);

	return test && test->before;
}

void last_failed_note(struct last_failed *list, const char *name, bool passed)
{
	struct failed_test *test = find(list, name);

	/* A test that is not in the list and passes need not be remembered. */
	if (!test && passed)
		return;
	if (!test)
		test = add(list, name);
	test->played = true;
	test->failed |= !passed;
}

/* ---- writing ---- */

/* Lists of scripts that nobody plays any more are not kept for ever: the oldest list is removed. */
static void drop_oldest(const struct last_failed *list)
{
	DIR *folder = opendir(list->folder);
	char oldest[PATH_MAX] = "";
	time_t since = 0;
	size_t count = 0;

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		struct stat info;

		if (*entry->d_name == '.' ||
		    fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		count++;
		if (!*oldest || info.st_mtime < since) {
			since = info.st_mtime;
			snprintf(oldest, sizeof(oldest), "%s/%s", list->folder, entry->d_name);
		}
	}
	if (folder)
		closedir(folder);
	if (count > LISTS_MAX)
		unlink(oldest);
}

/* Returns false when there is none that failed. */
static bool print_list(const struct last_failed *list, FILE *out)
{
	bool any = false;

	fprintf(out, "# %s\n", list->scripts);
	for (const struct failed_test *test = list->tests; test; test = test->next)
		if (test->played ? test->failed : test->before) {
			any = true;
			fprintf(out, "%s\n", test->name);
		}
	return any;
}

void last_failed_save(const struct last_failed *list)
{
	char *text = NULL;
	size_t length;
	FILE *out = list->path ? open_memstream(&text, &length) : NULL;

	if (!out)
		return;
	bool any = print_list(list, out);
	bool good = fclose(out) == 0;
	if (!any)
		unlink(list->path);
	else if (good && folders_make(arena_strdup(list->arena, list->folder)) &&
	         save_text(list->path, text))
		drop_oldest(list);
	free(text);
}
