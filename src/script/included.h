/* Where the files are that a script includes, and the scripts that come with the tool. */
#ifndef TCPCLOSE_SCRIPT_INCLUDED_H
#define TCPCLOSE_SCRIPT_INCLUDED_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* A folder of the option -I. include <FILE> looks there first. */
struct include_folder {
	const char *path;
	const struct include_folder *next;
};

/*
 * The folder of the scripts that come with the tool: `shipped` beside the program, as in a build
 * tree; or where they are installed. When they are in none of these places: the one of configure.
 */
const char *included_scripts(char path[PATH_MAX]);

/*
 * The folder of the programs that these scripts start; likewise. Returns NULL when it is in none of
 * these places.
 */
const char *included_programs(char path[PATH_MAX]);

/* The index-th folder in which include <FILE> looks; NULL after the last. */
const char *included_folder(const struct include_folder *given, size_t index, char path[PATH_MAX]);

/*
 * Returns the path of a file that an include names. "FILE" is relative to the folder of the file
 * `includer`, unless it begins with '/'. <FILE> is searched for in the folders; NULL when it is in
 * none of them.
 */
const char *included_path(struct arena *arena, const char *includer, const char *written,
                          const struct include_folder *given);

/* Tells whether this is a name in double quotes, or between < and >. */
bool included_is_name(const char *written);

/* "in FOLDER or FOLDER": where include <FILE> looks. */
const char *included_places(struct arena *arena, const struct include_folder *given);

/* The file of these folders whose name is nearest to that of <FILE>; NULL when none is near. */
const char *included_suggest(struct arena *arena, const char *written,
                             const struct include_folder *given);

#endif
