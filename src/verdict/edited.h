/* Puts edits into the text that they are about. */
#ifndef TCPCLOSE_VERDICT_EDITED_H
#define TCPCLOSE_VERDICT_EDITED_H

#include "verdict/edits.h"

/*
 * Returns text[from, to) with the edits, in the arena. These must be whole lines; the text begins
 * at `base` in the space of the edits' ranges. Edits of other places are left out. When words
 * belong to no event any more, their whole line becomes a comment.
 */
const char *edited_text(const struct edits *edits, const struct source_text *text, uint32_t from,
                        uint32_t to, struct arena *arena);

/* Where the value at the end of the words is written. */
struct range edited_value(const struct source_text *text, struct range words);

/*
 * The text of a new line, without a newline. Its action begins in the same column as that of the
 * event `beside`.
 */
const char *edited_line(const struct edit *line, const struct source_text *text,
                        struct range beside, struct arena *arena);

/* What ends a line that is added to a text: "\r\n" where its first line ends so, or "\n". */
const char *edited_newline(const char *text);

#endif
