#include "suite/discover.h"

#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

void script_paths_init(struct script_paths *paths)
{
	paths->first = NULL;
	paths->end = &paths->first;
	paths->count = 0;
}

static void add(struct script_paths *paths, struct arena *arena, const char *path, size_t folder)
{
	struct script_path *entry = arena_alloc(arena, sizeof(*entry));

	entry->path = arena_strdup(arena, path);
	entry->below = entry->path + folder;
	*paths->end = entry;
	paths->end = &entry->next;
	paths->count++;
}

void script_paths_add(struct script_paths *paths, struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	add(paths, arena, path, slash ? (size_t)(slash + 1 - path) : 0);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_script(const FTSENT *entry)
{
	const char *name = entry->fts_name;
	size_t length = strlen(name);

	return (entry->fts_info == FTS_F || entry->fts_info == FTS_SL) && name[0] != '.' &&
	       length > 4 && !strcmp(name + length - 4, ".pkt");
}

static const char *discover_below(char *path, struct arena *arena, struct script_paths *paths)
{
	char *const roots[] = { path, NULL };
	const char *why = NULL;
	size_t before = paths->count, folder = strlen(path);

	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	if (!tree)
		return strerror(errno);
	for (FTSENT *entry; (entry = fts_read(tree));) {
		if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			why = entry->fts_level == 0 ? strerror(entry->fts_errno)
			                            : arena_printf(arena, "%s: %s", entry->fts_path,
			                                           strerror(entry->fts_errno));
		else if (entry->fts_info == FTS_D && entry->fts_level > 0 &&
		         entry->fts_name[0] == '.')
			fts_set(tree, entry, FTS_SKIP);
		else if (is_script(entry))
			add(paths, arena, entry->fts_path,
			    folder + (entry->fts_path[folder] == '/'));
	}
	fts_close(tree);
	return why ? why : paths->count == before ? "there is no script (*.pkt) in it" : NULL;
}

const char *discover(const char *path, struct arena *arena, struct script_paths *paths)
{
	struct stat info;

	if (strcmp(path, "-") && stat(path, &info) != 0)
		return strerror(errno);
	if (strcmp(path, "-") && S_ISDIR(info.st_mode)) {
		char *copy = arena_strdup(arena, path);
		size_t length = strlen(copy);

		while (length > 1 && copy[length - 1] == '/')
			copy[--length] = '\0';
		return discover_below(copy, arena, paths);
	}
	script_paths_add(paths, arena, path);
	return NULL;
}
