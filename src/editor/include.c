#include "editor/include.h"

#include <stdio.h>
#include <string.h>

/* A name that is in none of the folders has no path. */
static bool path_of(const char *script, const struct include_folder *folders, const char *written,
                    size_t length, char path[INCLUDE_PATH])
{
	struct arena *arena = arena_new();
	const char *name = arena_strndup(arena, written, length);
	const char *found =
		included_is_name(name) ? included_path(arena, script, name, folders) : NULL;

	if (found)
		snprintf(path, INCLUDE_PATH, "%s", found);
	arena_free(arena);
	return found;
}

bool include_of_line(const char *script, const struct include_folder *folders,
                     struct text_line line, char path[INCLUDE_PATH], size_t *begin, size_t *end)
{
	static const char word[] = "include";
	size_t blanks = strspn(line.begin, " \t"), from = blanks + sizeof(word) - 1;
	const char *close;

	if (blanks > line.length || strncmp(line.begin + blanks, word, sizeof(word) - 1))
		return false;
	from += strspn(line.begin + from, " \t");
	if (from >= line.length || !strchr("\"<", line.begin[from]))
		return false;
	close = memchr(line.begin + from + 1, line.begin[from] == '"' ? '"' : '>',
	               line.length - from - 1);
	*begin = from + 1;
	*end = close ? (size_t)(close - line.begin) : 0;
	return close && path_of(script, folders, line.begin + from, *end + 1 - from, path);
}

bool include_find(const char *script, const char *text, const struct include_folder *folders,
                  const char *path, size_t *line)
{
	char included[INCLUDE_PATH];
	size_t begin, end;

	for (*line = 0;; ++*line) {
		if (include_of_line(script, folders, position_line(text, 0), included, &begin,
		                    &end) &&
		    !strcmp(included, path))
			return true;
		text = strchr(text, '\n');
		if (!text++)
			return false;
	}
}
