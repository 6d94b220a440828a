/*
 * Puts together what the plays of a text say that it should say instead. Each family and each row
 * of a table of cases says something of its own, and one text must be right for all of them.
 */
#ifndef TCPCLOSE_AUTHOR_CHANGES_H
#define TCPCLOSE_AUTHOR_CHANGES_H

#include "author/player.h"

/* What one play has said. */
struct said {
	const char *name;    /* "ipv6" */
	struct edits *edits; /* with places in the script's own text */
	const char *trouble; /* why it cannot be written so; or NULL */
	bool complete;       /* it was played to its end */
	uint32_t reached;    /* otherwise: to the event that begins here */
};

struct changes {
	struct arena *arena;
	const struct source_text *text; /* a copy, in which the edits have their places */
	struct said *list;
	size_t count, room;
	bool unsure; /* a line may come only by chance: more plays will show it */
	bool widen;  /* times in the text are kept, and become wider */
};

/*
 * Takes what a play has said. A change in a file that is included, or in a word that is defined,
 * counts as trouble.
 */
void changes_add(struct changes *changes, const struct judged *judged);

/*
 * Returns the edits that are right for all. Returns NULL, with *why in the arena, when there are
 * none: two plays want different things, or something cannot be written.
 */
const struct edits *changes_merge(struct changes *changes, const char **why);

#endif
