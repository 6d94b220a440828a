/*
 * What walks have found, by cause: the rule that was broken and the state it was broken in, or,
 * where no rule was, what is said of it without its numbers. Two kernels are compared with each
 * other: each difference is a finding, whatever the model says. Where one of two is another TCP
 * stack, the model is the measure: a finding is what is wrong with only one of them, and a
 * difference where nothing is wrong with either is only told.
 */
#ifndef TCPCLOSE_EXPLORE_FINDINGS_H
#define TCPCLOSE_EXPLORE_FINDINGS_H

#include "base/arena.h"
#include "explore/walked.h"

enum { FINDINGS_MOST = 256, CAUSE_TEXT = 160 };

/* What is tested, and how two are compared. */
struct contest {
	unsigned subjects; /* 1 or 2 */
	bool stack;        /* one of them is no Linux */
};

struct cause {
	char text[CAUSE_TEXT];
	unsigned subject; /* the index of the one that shows it */
	bool allowed;     /* nothing is wrong: two differ, and may */
};

struct finding {
	struct cause cause;
	struct walked walked; /* of the walk below */
	uint64_t number;      /* of the shortest walk that shows it, and its text */
	const char *text;
	size_t count;     /* walks that showed it */
	bool repeated;    /* it came again when the walk was played again */
	const char *path; /* of its script, or NULL */
};

struct findings {
	struct arena *arena;
	struct finding list[FINDINGS_MOST];
	size_t count, beyond; /* causes that were one too many */
};

/* Tells whether a walk found something; then `cause` says what. `walked`: on each subject. */
bool finding_cause(const struct walked *walked, const struct contest *contest, struct cause *cause);

void findings_add(struct findings *findings, const struct walked *walked,
                  const struct contest *contest, uint64_t number, const char *text);

#endif
