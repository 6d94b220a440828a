#include "editor/include.h"

#include <stdio.h>
#include <string.h>

bool include_of_line(const char *script, struct text_line line, char path[INCLUDE_PATH],
                     size_t *begin, size_t *end)
{
	static const char word[] = "include";
	size_t blanks = strspn(line.begin, " \t");
	const char *slash = strrchr(script, '/');
	const char *quote, *other;

	if (blanks > line.length || strncmp(line.begin + blanks, word, sizeof(word) - 1))
		return false;
	quote = memchr(line.begin, '"', line.length);
	other = quote ? memchr(quote + 1, '"', line.length - (size_t)(quote + 1 - line.begin))
	              : NULL;
	if (!other)
		return false;
	*begin = (size_t)(quote + 1 - line.begin);
	*end = (size_t)(other - line.begin);
	snprintf(path, INCLUDE_PATH, "%.*s%.*s",
	         quote[1] == '/' || !slash ? 0 : (int)(slash + 1 - script), script,
	         (int)(*end - *begin), quote + 1);
	return true;
}

bool include_find(const char *script, const char *text, const char *path, size_t *line)
{
	char included[INCLUDE_PATH];
	size_t begin, end;

	for (*line = 0;; ++*line) {
		if (include_of_line(script, position_line(text, 0), included, &begin, &end) &&
		    !strcmp(included, path))
			return true;
		text = strchr(text, '\n');
		if (!text++)
			return false;
	}
}
