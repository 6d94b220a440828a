/*
 * Words that stand for other text: -D NAME=VALUE, and --define=NAME=VALUE in a script; and where
 * the command line says that included files are.
 */
#ifndef TCPCLOSE_SCRIPT_DEFINES_H
#define TCPCLOSE_SCRIPT_DEFINES_H

#include <stdbool.h>

#include "base/arena.h"
#include "script/included.h"

struct define {
	const char *name, *value;
	bool fixed; /* from the command line: a script cannot change it */
	const struct define *next;
};

struct defines {
	struct define *first;
	const struct include_folder *folders; /* of -I, in their order */
};

/* Takes "NAME=VALUE"; false when there is no name or no '='. Both are copied. */
bool defines_add(struct defines *defines, struct arena *arena, const char *text, bool fixed);

/* The value, or NULL. */
const char *defines_get(const struct defines *defines, const char *name);

#endif
