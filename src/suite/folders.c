#include "suite/folders.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

bool folders_make(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
		*slash = '/';
		if (!made)
			return false;
	}
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}

static uint32_t digest(const char *text)
{
	uint32_t sum = 2166136261u; /* FNV-1a */

	while (*text)
		sum = (sum ^ (unsigned char)*text++) * 16777619u;
	return sum;
}

const char *folders_name(struct arena *arena, const char *name)
{
	enum { LONGEST = 200 };
	char *folder, *to;
	bool odd = false;

	while (*name == '.' || *name == '/')
		name++;
	folder = to = arena_strdup(arena, name);
	for (const char *from = name; *from; from++) {
		bool refused =
			(unsigned char)*from < ' ' || *from == 0x7f || strchr("\":<>|*?\\", *from);

		odd |= refused;
		if (*from == '/' || refused)
			*to++ = '_';
		else if (*from == ' ')
			*to++ = '.';
		else if (*from != '#')
			*to++ = *from;
	}
	*to = '\0';
	odd |= to > folder && to[-1] == '.';
	if (!odd && to - folder <= LONGEST)
		return folder;
	return arena_printf(arena, "%.*s-%08x", LONGEST, folder, (unsigned)digest(name));
}
