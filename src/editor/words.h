/* Lists all words of the language, for the grammars of editors. */
#ifndef TCPCLOSE_EDITOR_WORDS_H
#define TCPCLOSE_EDITOR_WORDS_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Prints a line for each word of the tables: its kind, a blank and the word. The kinds are event,
 * directive, constant, state, timer, option (of TCP) and field. Returns false when it cannot write.
 */
bool words_print(FILE *out);

/*
 * The index-th field that may be written behind the numbers of a segment: ack, win, urg; NULL after
 * the last.
 */
const char *words_field_at(size_t index);

#endif
