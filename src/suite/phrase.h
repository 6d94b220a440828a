/*
 * Reads a line word by word, each with its place in the text: directives, and lines of the file of
 * --known.
 */
#ifndef TCPCLOSE_SUITE_PHRASE_H
#define TCPCLOSE_SUITE_PHRASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"

struct phrase {
	const char *rest;
	uint32_t at;         /* the offset of `rest` in the common space of texts */
	struct arena *arena; /* for the words */
	/*
	 * The path of the text, to which names of files are relative; NULL: they are relative to
	 * the current folder.
	 */
	const char *path;
	bool stack; /* a stack is tested, not a kernel */
};

struct phrase_word {
	const char *text; /* without its quotes */
	struct range where;
	bool quoted;
};

/*
 * Reads the next word. It ends at a blank, or is in double quotes, or is an operator (<, >, =, ! in
 * a row). At the end of the line it returns false; `word` is then empty, and its place is the end
 * of the line.
 */
bool phrase_next(struct phrase *phrase, struct phrase_word *word);

/* The same without moving on. */
bool phrase_peek(const struct phrase *phrase, struct phrase_word *word);

#endif
