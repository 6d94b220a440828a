/* Finds the scripts that the words on the command line stand for. */
#ifndef TCPCLOSE_SUITE_DISCOVER_H
#define TCPCLOSE_SUITE_DISCOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct script_path {
	const char *path;
	const char
		*below; /* the end of it that was found below a named folder; otherwise the name */
	struct script_path *next;
};

struct script_paths {
	struct script_path *first, **end;
	size_t count;
};

void script_paths_init(struct script_paths *paths);

/* Adds one path as it is. It is copied. */
void script_paths_add(struct script_paths *paths, struct arena *arena, const char *path);

/*
 * Adds a script, or all scripts (*.pkt) of a folder and the folders below it, sorted by name. "-"
 * is standard input. Links to folders are not followed below it. Returns NULL, or why nothing was
 * added.
 */
const char *discover(const char *path, struct arena *arena, struct script_paths *paths);

#endif
