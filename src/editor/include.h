/* The files that a script includes, as an editor finds them: by the lines of its text. */
#ifndef TCPCLOSE_EDITOR_INCLUDE_H
#define TCPCLOSE_EDITOR_INCLUDE_H

#include <stdbool.h>
#include <stddef.h>

#include "editor/position.h"
#include "script/included.h"

enum { INCLUDE_PATH = 4096 };

/*
 * Is the line an include of a file that has a path? Then that path (see included_path()), and where
 * the name stands in the line, in bytes, without the quotes.
 */
bool include_of_line(const char *script, const struct include_folder *folders,
                     struct text_line line, char path[INCLUDE_PATH], size_t *begin, size_t *end);

/* The number of the line that includes the file of this path; false when there is none. */
bool include_find(const char *script, const char *text, const struct include_folder *folders,
                  const char *path, size_t *line);

#endif
