/* What is known of the word under the pointer. */
#ifndef TCPCLOSE_EDITOR_HOVER_H
#define TCPCLOSE_EDITOR_HOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "editor/position.h"

/* The word of a line at a byte; false when there is none. */
bool hover_word(struct text_line line, size_t byte, size_t *begin, size_t *end);

/*
 * Writes what the manual and the tables say of a word, in Markdown; nothing when it is no word of
 * the language.
 */
void hover_write(const char *word, struct text_buffer *text);

#endif
