/*
 * Script text and positions in it. All texts of one test (the script and what it includes) share
 * one space of byte offsets, so a position is one number and a range is two; line and column are
 * computed only when something is printed.
 */
#ifndef TCPCLOSE_BASE_SOURCE_H
#define TCPCLOSE_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

struct range { /* half open; {0,0} means "no position" */
	uint32_t begin, end;
};

struct sources;

struct source_text {
	const char *path;
	const char *text; /* NUL terminated; may hold no NUL before that */
	uint32_t length;
	uint32_t base; /* offset of text[0] in the common space, at least 1 */
};

struct location {
	const char *path;
	unsigned line, column; /* from 1; the column counts bytes */
	const char *line_text; /* start of that line, not NUL terminated */
	unsigned line_length;
};

enum { SOURCE_MAX_BYTES = 64 << 20 }; /* a larger file is refused */

struct sources *sources_new(struct arena *arena);

/*
 * Reads a file ("-" is standard input, shown as "<stdin>"). Returns NULL and sets *why (a static or
 * arena string) when it cannot be read, is a directory, is larger than SOURCE_MAX_BYTES or holds a
 * NUL byte.
 */
const struct source_text *sources_read(struct sources *sources, const char *path, const char **why);

/* The same for what a script names: a regular file only, no device, pipe or standard input. */
const struct source_text *sources_include(struct sources *sources, const char *path,
                                          const char **why);

/* From here on neither of the two reads anything. */
void sources_seal(struct sources *sources);

/*
 * Adds a text that is already in memory; it is copied, as is the path. NULL when it is larger than
 * SOURCE_MAX_BYTES, holds a NUL byte, or the space of offsets is used up.
 */
const struct source_text *sources_add(struct sources *sources, const char *path, const char *text,
                                      size_t length);

/*
 * Adds a text of other sources, which outlive these; it is not copied. Where it is the first here
 * as it is there, its places are the same. NULL when the space of offsets is used up.
 */
const struct source_text *sources_share(struct sources *sources, const struct source_text *text);

/*
 * Adds a text that stands for what is written at `origin` (a define that holds an action): its
 * places are located there, and its own lines are shown.
 */
const struct source_text *sources_add_inner(struct sources *sources, struct range origin,
                                            const char *text, size_t length);

/*
 * The files that were read, or texts that were added in their place: the index-th in the order in
 * which they came, without inner texts; NULL behind the last.
 */
const struct source_text *sources_file(const struct sources *sources, size_t index);

/*
 * Where an offset is; false when it lies in no text. The end of a text is a place, too: the one
 * behind the last line's last byte, also when a newline follows that.
 */
bool sources_locate(const struct sources *sources, uint32_t offset, struct location *location);

/* Is a place within an inner text? Then *origin is what that stands for, in the text around it. */
bool sources_origin(const struct sources *sources, uint32_t offset, struct range *origin,
                    const struct source_text **inner);

/*
 * What is written at a range, of an inner text in that, with no more than *length bytes; NULL when
 * it lies in no text.
 */
const char *sources_written(const struct sources *sources, struct range range, size_t *length);

/*
 * Prints the source line of a range, and below it a line with a caret at its beginning and tildes
 * to its end (or to the end of the line). Tabs stay tabs, so that both lines keep in step; control
 * characters and bytes that are no UTF-8 are shown as '?'; a very long line is cut around the
 * range. Prints nothing for a range without position.
 */
void sources_print_excerpt(const struct sources *sources, struct range range, FILE *out);

#endif
