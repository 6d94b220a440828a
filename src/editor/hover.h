/* Tells what is known about the word under the mouse pointer. */
#ifndef TCPCLOSE_EDITOR_HOVER_H
#define TCPCLOSE_EDITOR_HOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "editor/position.h"

/* Finds the word at a byte of a line. Returns false when there is none. */
bool hover_word(struct text_line line, size_t byte, size_t *begin, size_t *end);

/*
 * Writes what the manual and the tables say about a word, in Markdown. Writes nothing when the word
 * does not belong to the language.
 */
void hover_write(const char *word, struct text_buffer *text);

#endif
