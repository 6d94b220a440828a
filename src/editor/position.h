/*
 * Places in a text, as the protocol counts them: lines from 0, and in a line the units of UTF-16
 * from 0. A character beyond U+FFFF, which has four bytes in UTF-8, is two of these units.
 */
#ifndef TCPCLOSE_EDITOR_POSITION_H
#define TCPCLOSE_EDITOR_POSITION_H

#include <stddef.h>

#include "base/json.h"

/* A line of a text, without the newline. */
struct text_line {
	const char *begin;
	size_t length;
};

/*
 * Returns the line with this number. When there is none, it is an empty line at the end of the
 * text. `text` ends with NUL.
 */
struct text_line position_line(const char *text, size_t number);

/*
 * Converts between bytes and units: the units in the first `bytes` bytes of a line, and the bytes
 * of the first `units` units.
 */
size_t position_units(const char *line, size_t bytes);
size_t position_bytes(struct text_line line, size_t units);

/*
 * Make {"line": line, "character": units}, and a range within one line. The result belongs to the
 * caller.
 */
json_t *position_json(size_t line, size_t units);
json_t *position_range(size_t line, size_t begin, size_t end);

#endif
