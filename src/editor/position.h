/*
 * Places in a text as the protocol counts them: lines from 0, and within a line the units of UTF-16
 * from 0. A character beyond U+FFFF, four bytes of UTF-8, is two of these units.
 */
#ifndef TCPCLOSE_EDITOR_POSITION_H
#define TCPCLOSE_EDITOR_POSITION_H

#include <stddef.h>

#include "base/json.h"

/* A line of a text, without its end. */
struct text_line {
	const char *begin;
	size_t length;
};

/* The line of this number; of none, an empty one at the text's end. `text` ends with NUL. */
struct text_line position_line(const char *text, size_t number);

/* The units of UTF-16 in the first `bytes` bytes of a line, and the bytes of so many units. */
size_t position_units(const char *line, size_t bytes);
size_t position_bytes(struct text_line line, size_t units);

/* {"line": line, "character": units}; and a range within one line. The caller's. */
json_t *position_json(size_t line, size_t units);
json_t *position_range(size_t line, size_t begin, size_t end);

#endif
