/*
 * Words that stand for other text, from -D NAME=VALUE and from --define=NAME=VALUE in a script; and
 * the folders in which the command line says that included files are.
 */
#ifndef TCPCLOSE_SCRIPT_DEFINES_H
#define TCPCLOSE_SCRIPT_DEFINES_H

#include <stdbool.h>

#include "base/arena.h"
#include "script/included.h"

struct define {
	const char *name, *value;
	bool fixed; /* it comes from the command line, so a script cannot change it */
	const struct define *next;
};

struct defines {
	struct define *first;
	const struct include_folder *folders; /* of -I, in their order */
};

/*
 * Adds a define from "NAME=VALUE". Both are copied. Returns false when there is no name or no '='.
 */
bool defines_add(struct defines *defines, struct arena *arena, const char *text, bool fixed);

/* Returns the value; NULL when the name is not defined. */
const char *defines_get(const struct defines *defines, const char *name);

#endif
