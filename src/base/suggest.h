/* "Did you mean ...?" */
#ifndef TCPCLOSE_BASE_SUGGEST_H
#define TCPCLOSE_BASE_SUGGEST_H

/* The search for the known name nearest to one that was written. Start with {.wanted = name}. */
struct suggestion {
	const char *wanted;
	const char *best;               /* NULL as long as nothing is near */
	unsigned distance;
};

/* Offers one known name; case is ignored when measuring the distance. */
void suggest_offer(struct suggestion *suggestion, const char *candidate);

#endif
