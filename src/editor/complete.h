/* Finds what may stand at the place where somebody is writing. */
#ifndef TCPCLOSE_EDITOR_COMPLETE_H
#define TCPCLOSE_EDITOR_COMPLETE_H

#include <stddef.h>

#include "base/json.h"
#include "editor/position.h"

/*
 * Returns the protocol's array of completion items for that place in a line, whose number is
 * `number`. `script` is the path of the script, with which names of files are completed. The result
 * belongs to the caller.
 */
json_t *complete_items(const char *script, struct text_line line, size_t number, size_t bytes);

#endif
