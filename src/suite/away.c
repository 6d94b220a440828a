#include "suite/away.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The folder of a file, with a '/' behind it; "" when there is none. */
static const char *folder_of(const char *path, char folder[PATH_MAX])
{
	char *slash;

	if (!realpath(path, folder) || !(slash = strrchr(folder, '/')))
		return "";
	slash[1] = '\0';
	return folder;
}

/* Behind the quote of `include "FILE"` in this line, where FILE is not a whole path; or NULL. */
static const char *file_in(const char *line)
{
	line += strspn(line, " \t");
	if (strncmp(line, "include", 7))
		return NULL;
	line += 7 + strspn(line + 7, " \t");
	return line[0] == '"' && line[1] != '/' ? line + 1 : NULL;
}

static const char *line_behind(const char *at)
{
	at += strcspn(at, "\n");
	return *at ? at + 1 : at;
}

const char *away_text(const char *text, const char *path, struct arena *arena)
{
	char folder[PATH_MAX], *written = NULL;
	const char *home = folder_of(path, folder);
	size_t size;
	FILE *out = open_memstream(&written, &size);

	if (!out)
		return text;
	for (const char *line = text, *end; *line; line = end) {
		const char *file = file_in(line);

		end = line_behind(line);
		fwrite(line, 1, (size_t)((file ? file : line) - line), out);
		if (file)
			fputs(home, out);
		fwrite(file ? file : line, 1, (size_t)(end - (file ? file : line)), out);
	}
	fclose(out);
	const char *away = arena_strdup(arena, written);
	free(written);
	return away;
}

uint32_t away_offset(const char *text, const char *path, uint32_t offset)
{
	char folder[PATH_MAX];
	uint32_t length = (uint32_t)strlen(folder_of(path, folder)), added = 0;

	for (const char *line = text; *line; line = line_behind(line)) {
		const char *file = file_in(line);

		if (offset - added <= (uint32_t)((file ? file : line) - text))
			break;
		added += file ? length : 0;
	}
	return offset - added;
}
