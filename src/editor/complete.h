/* Finds what may stand at the place where somebody is writing. */
#ifndef TCPCLOSE_EDITOR_COMPLETE_H
#define TCPCLOSE_EDITOR_COMPLETE_H

#include <stddef.h>

#include "base/json.h"
#include "editor/position.h"
#include "script/included.h"

/*
 * The protocol's array of completion items for that place, in the line of this number; `script` is
 * the path of the script, and `folders` those of -I, for the names of files. The caller's.
 */
json_t *complete_items(const char *script, const struct include_folder *folders,
                       struct text_line line, size_t number, size_t bytes);

#endif
