#include "script/defines.h"

#include <string.h>

static const struct define *defines_find(const struct defines *defines, const char *name,
                                         size_t length)
{
	for (const struct define *d = defines->first; d; d = d->next)
		if (!strncmp(d->name, name, length) && d->name[length] == '\0')
			return d;
	return NULL;
}

bool defines_add(struct defines *defines, struct arena *arena, const char *text, bool fixed)
{
	const char *equals = strchr(text, '=');

	if (!equals || equals == text)
		return false;
	size_t length = (size_t)(equals - text);
	const struct define *old = defines_find(defines, text, length);
	if (old && old->fixed && !fixed)
		return true;
	/*
	 * A new define goes before the old ones and hides one of the same name. It does not change
	 * the old one, which may belong to all scripts, while the new one belongs to one of them.
	 */
	struct define *define = arena_alloc(arena, sizeof(*define));
	*define = (struct define){
		arena_strndup(arena, text, length),
		arena_strdup(arena, equals + 1),
		fixed,
		defines->first,
	};
	defines->first = define;
	return true;
}

const char *defines_get(const struct defines *defines, const char *name)
{
	const struct define *define = defines_find(defines, name, strlen(name));

	return define ? define->value : NULL;
}
