/* A line of ours, word by word, each with its place in the text. */
#ifndef TCPCLOSE_SUITE_PHRASE_H
#define TCPCLOSE_SUITE_PHRASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"

struct phrase {
	const char *rest;
	uint32_t at;         /* offset of `rest` in the common space of texts */
	struct arena *arena; /* of the words */
	const char *path;    /* of the text, where names of files count from; NULL: from here */
	bool stack;          /* what is tested is a stack, and no kernel */
};

struct phrase_word {
	const char *text; /* without quotes */
	struct range where;
	bool quoted;
};

/*
 * The next word: up to a blank, or in double quotes, or an operator (a run of <, > , =, ! that
 * begins it). False at the end of the line; `word` is then empty, and where the line ends.
 */
bool phrase_next(struct phrase *phrase, struct phrase_word *word);

/* The same, without going on. */
bool phrase_peek(const struct phrase *phrase, struct phrase_word *word);

#endif
