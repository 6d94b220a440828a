/*
 * The text of scripts, and positions in it. All texts of one test (the script and the files that it
 * includes) share one space of byte offsets. So a position is one number, and a range is two. Line
 * and column are computed only when something is printed.
 */
#ifndef TCPCLOSE_BASE_SOURCE_H
#define TCPCLOSE_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

struct range { /* from begin up to, but without, end; {0,0} means "no position" */
	uint32_t begin, end;
};

struct sources;

struct source_text {
	const char *path;
	const char *text; /* ends with NUL, and holds no NUL before that */
	uint32_t length;
	uint32_t base; /* the offset of text[0] in the common space; at least 1 */
};

struct location {
	const char *path;
	unsigned line, column; /* both count from 1; the column counts bytes */
	const char *line_text; /* where that line starts; it does not end with NUL */
	unsigned line_length;
};

enum { SOURCE_MAX_BYTES = 64 << 20 }; /* a larger file is refused */

struct sources *sources_new(struct arena *arena);

/*
 * Reads a file. The path "-" means standard input, which messages call "<stdin>". Returns NULL and
 * sets *why (to a static string, or to one in the arena) when the file cannot be read, is a
 * directory, is larger than SOURCE_MAX_BYTES or holds a NUL byte.
 */
const struct source_text *sources_read(struct sources *sources, const char *path, const char **why);

/*
 * The same for a file that a script names. Only a regular file is accepted: no device, no pipe, and
 * not standard input.
 */
const struct source_text *sources_include(struct sources *sources, const char *path,
                                          const char **why);

/* After this call, sources_read() and sources_include() refuse to read anything. */
void sources_seal(struct sources *sources);

/*
 * Adds a text that is already in memory. Text and path are copied. Returns NULL when the text is
 * larger than SOURCE_MAX_BYTES or holds a NUL byte, or when the space of offsets is used up.
 */
const struct source_text *sources_add(struct sources *sources, const char *path, const char *text,
                                      size_t length);

/*
 * Adds a text of other sources without copying it. Those sources must live longer than these. When
 * it is the first text in both, its offsets are the same in both. Returns NULL when the space of
 * offsets is used up.
 */
const struct source_text *sources_share(struct sources *sources, const struct source_text *text);

/*
 * Adds an inner text: one that stands for what is written at `origin`, for example a define whose
 * value is an action. A position in it is shown as a position in the file at `origin`, but the
 * excerpt shows the inner text's own line.
 */
const struct source_text *sources_add_inner(struct sources *sources, struct range origin,
                                            const char *text, size_t length);

/*
 * Returns the index-th file that was read, or text that was added in its place, in the order in
 * which they were added. Inner texts do not count. Returns NULL behind the last one.
 */
const struct source_text *sources_file(const struct sources *sources, size_t index);

/*
 * Finds out where an offset is. Returns false when it is in no text. The end of a text is a place,
 * too: the one behind the last byte of its last line, not counting a newline that ends it.
 */
bool sources_locate(const struct sources *sources, uint32_t offset, struct location *location);

/* Is a place within an inner text? Then *origin is what that stands for, in the text around it. */
bool sources_origin(const struct sources *sources, uint32_t offset, struct range *origin,
                    const struct source_text **inner);

/*
 * Returns the text at a range (in an inner text: of that one) and sets *length to the number of its
 * bytes. Returns NULL when the range is in no text.
 */
const char *sources_written(const struct sources *sources, struct range range, size_t *length);

/*
 * Prints the line of the source where the range begins. The line below it has a caret where the
 * range begins, and tildes to its end or to the end of the line. Tabs stay tabs, so that both lines
 * keep in step. Control characters, and bytes that are not UTF-8, are shown as '?'. Of a very long
 * line only the part around the range is shown. Prints nothing for a range without a position.
 */
void sources_print_excerpt(const struct sources *sources, struct range range, FILE *out);

#endif
