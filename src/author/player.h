/* How what writes scripts has them played: through a callback, for the suite stands above. */
#ifndef TCPCLOSE_AUTHOR_PLAYER_H
#define TCPCLOSE_AUTHOR_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "verdict/evidence.h"
#include "verdict/home.h"
#include "verdict/verdict.h"

enum { PLAYED_WHY = 2 * VERDICT_TEXT };

/* What came of a text. */
struct played {
	enum verdict_kind kind;
	uint32_t at;    /* offset in the text of the line that does not hold; 0: none of it */
	char line[256]; /* that line, which may be one of an included file */
	char class[CLASSIFIED_TEXT]; /* what the segment is that was seen instead, or "" */
	char fields[128];            /* the names of those that differ */
	char state[32];              /* of the connection at that moment, or "" */
	char reason[VERDICT_TEXT];
	struct second_opinion model; /* where it was asked for */
	char why[PLAYED_WHY];        /* the reason, and the first field that differs */
};

/* What came of a text in one address family, and of one row of its table of cases. */
struct judged {
	const char *name; /* "ipv6", "left ipv4" */
	const struct verdict *verdict;
	const char *why;    /* what is wrong with the text, or NULL */
	const char *excuse; /* a bug that is known, and here; or NULL */
	struct home home;   /* of what was played */
};

struct judging {
	const char *path, *text;
	bool bless;      /* go on behind what is not as the text says, and tell what would be */
	unsigned repeat; /* how often each is played */
	void (*take)(void *context, const struct judged *judged);
	void *context;
};

struct player {
	/*
	 * Plays each text, side by side, on each kernel: played[i * kernels + k]. What an include
	 * names counts from `path`.
	 */
	void (*play)(void *context, const char *path, const char *const *texts, size_t count,
	             struct played *played);
	/* Plays one text on the first kernel in all its families and rows. */
	void (*judge)(void *context, const struct judging *judging);
	void *context;
	usec_t limit; /* how long one may take; 0: as any test */
	bool first_pass; /* end when a text passes and those before it are over: the rest is not needed */
	unsigned kernels; /* 1 or 2 */
	char kernel[128]; /* what it is, for people: "Linux 6.12.1" */
};

#endif
