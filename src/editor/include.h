/* The files that a script includes, found by looking at the lines of its text. */
#ifndef TCPCLOSE_EDITOR_INCLUDE_H
#define TCPCLOSE_EDITOR_INCLUDE_H

#include <stdbool.h>
#include <stddef.h>

#include "editor/position.h"
#include "script/included.h"

enum { INCLUDE_PATH = 4096 };

/*
 * Tells whether the line includes a file that has a path. Then it sets that path (see
 * included_path()), and where the name is in the line, in bytes and without the quotes.
 */
bool include_of_line(const char *script, const struct include_folder *folders,
                     struct text_line line, char path[INCLUDE_PATH], size_t *begin, size_t *end);

/* The number of the line that includes the file of this path; false when there is none. */
bool include_find(const char *script, const char *text, const struct include_folder *folders,
                  const char *path, size_t *line);

#endif
