/*
 * How the functions that write scripts have them played: by a callback, because the suite is above
 * them.
 */
#ifndef TCPCLOSE_AUTHOR_PLAYER_H
#define TCPCLOSE_AUTHOR_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "verdict/digest.h"
#include "verdict/evidence.h"
#include "verdict/home.h"
#include "verdict/verdict.h"

enum { PLAYED_WHY = 2 * VERDICT_TEXT };

/* The result of a text. */
struct played {
	enum verdict_kind kind;
	uint32_t at;                 /* the offset in the text of the line that failed; 0: none */
	char line[256];              /* that line, which may be in a file that is included */
	char class[CLASSIFIED_TEXT]; /* what the segment is that was seen instead, or "" */
	char fields[128];            /* the names of the fields that differ */
	char state[32];              /* that of the connection at that moment, or "" */
	char reason[VERDICT_TEXT];
	struct second_opinion model; /* where it was asked for */
	struct digest digest;        /* of the whole run */
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
	 * Plays each text on each subject, side by side. The results are played[i * subjects + k].
	 * Includes are relative to `path`.
	 */
	void (*play)(void *context, const char *path, const char *const *texts, size_t count,
	             struct played *played);
	/* Plays one text on the first subject in all its families and rows. */
	void (*judge)(void *context, const struct judging *judging);
	/* Tells whether the user wants an end (^C): then nothing that is played has a result. */
	bool (*is_stopped)(void);
	void *context;
	usec_t limit; /* how long a text may take; 0: as any test */
	usec_t until; /* after this time nothing is played again for being late; 0: no limit */
	/* A play ends when a text passes and those before it are over: the rest is not needed. */
	bool first_pass;
	bool hasty;        /* nobody asks how late something came: it is not waited for long */
	unsigned subjects; /* what is tested: 1, or 2 that are compared */
	char name[160];    /* of them, for people: "Linux 6.12.1" */
};

#endif
