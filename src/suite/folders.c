#include "suite/folders.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"

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
	return arena_printf(arena, "%.*s-%08x", LONGEST, folder,
	                    (unsigned)hash_add(HASH_BEGIN, name, strlen(name)));
}
