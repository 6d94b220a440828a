/*
 * What walks have found, by cause: the rule that was broken and the state it was broken in, or,
 * where no rule was, what is said of it without its numbers.
 */
#ifndef TCPCLOSE_EXPLORE_FINDINGS_H
#define TCPCLOSE_EXPLORE_FINDINGS_H

#include "base/arena.h"
#include "explore/walked.h"

enum { FINDINGS_MOST = 256, CAUSE_TEXT = 160 };

struct finding {
	char cause[CAUSE_TEXT];
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

/*
 * Did a walk find something, on one kernel, or because two differ? Then `cause` says what, and *by
 * which of them shows it.
 */
bool finding_cause(const struct walked *walked, unsigned kernels, char cause[CAUSE_TEXT]);

void findings_add(struct findings *findings, const struct walked *walked, unsigned kernels,
                  uint64_t number, const char *text);

#endif
