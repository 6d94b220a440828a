#include "script/defines.h"

#include <string.h>

static struct define *defines_find(const struct defines *defines, const char *name, size_t length)
{
	for (struct define *d = defines->first; d; d = (struct define *)d->next)
		if (strncmp(d->name, name, length) == 0 && d->name[length] == '\0')
			return d;
	return NULL;
}

bool defines_add(struct defines *defines, struct arena *arena, const char *text, bool fixed)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text)
		return false;
	size_t length = (size_t)(equals - text);
	struct define *define = defines_find(defines, text, length);
	if (define && define->fixed && !fixed)
		return true;
	if (!define) {
		define = arena_alloc(arena, sizeof *define);
		define->name = arena_strndup(arena, text, length);
		define->next = defines->first;
		defines->first = define;
	}
	define->value = arena_strdup(arena, equals + 1);
	define->fixed = fixed;
	return true;
}

const char *defines_get(const struct defines *defines, const char *name)
{
	const struct define *define = defines_find(defines, name, strlen(name));
	return define ? define->value : NULL;
}
