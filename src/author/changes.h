/*
 * What the plays of one text say that it should say instead, put together: each family and each row
 * of a table has its own say, and one text has to be right for all of them.
 */
#ifndef TCPCLOSE_AUTHOR_CHANGES_H
#define TCPCLOSE_AUTHOR_CHANGES_H

#include "author/player.h"

/* What one play said. */
struct said {
	const char *name;    /* "ipv6" */
	struct edits *edits; /* in the places of the script's own text */
	const char *trouble; /* why it cannot be written so; or NULL */
	bool complete;       /* it was played to its end */
	uint32_t reached;    /* else: to the event that begins here */
};

struct changes {
	struct arena *arena;
	const struct source_text *text; /* a copy, with the places of the edits */
	struct said *list;
	size_t count, room;
	bool unsure; /* whether a line comes may be a matter of luck: more plays will tell */
	bool widen;  /* times of the text are kept, and become wider */
};

/*
 * Takes what a play said. What it would change in an included file, or in a word that is defined,
 * is trouble.
 */
void changes_add(struct changes *changes, const struct judged *judged);

/*
 * The edits that are right for all; NULL, with *why in the arena, when there are none: two plays
 * want different things, or something cannot be written.
 */
const struct edits *changes_merge(struct changes *changes, const char **why);

#endif
