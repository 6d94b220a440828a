/* Edits, put into the text that they are about. */
#ifndef TCPCLOSE_VERDICT_EDITED_H
#define TCPCLOSE_VERDICT_EDITED_H

#include "verdict/edits.h"

/*
 * What becomes of text[from, to), which is whole lines of a text that begins at `base` of the space
 * of the edits' ranges; edits of other places are left out. Words that are no longer an event's are
 * commented out with the whole line. In the arena.
 */
const char *edited_text(const struct edits *edits, const struct source_text *text, uint32_t from,
                        uint32_t to, struct arena *arena);

/* The value at the end of words: where it is written. */
struct range edited_value(const struct source_text *text, struct range words);

/* A new line's text, without a newline; its action begins in the column of the event `beside`. */
const char *edited_line(const struct edit *line, const struct source_text *text,
                        struct range beside, struct arena *arena);

#endif
