/* Finds the name that somebody may have meant, for the hint "did you mean ...?". */
#ifndef TCPCLOSE_BASE_SUGGEST_H
#define TCPCLOSE_BASE_SUGGEST_H

/* A search for the known name that is nearest to `wanted`. Begin with {.wanted = name}. */
struct suggestion {
	const char *wanted;
	const char *best; /* NULL while nothing near was offered */
	unsigned distance;
};

/*
 * Offers one known name. It is near when it begins with the wanted name, or when it differs by a
 * few slips: a letter that is missing, too many or wrong, or two letters exchanged. One slip is
 * allowed, and one more for every four letters. The nearest name wins; of several that are equally
 * near, the first. Upper and lower case are the same.
 */
void suggest_offer(struct suggestion *suggestion, const char *candidate);

#endif
