/* "Did you mean ...?" */
#ifndef TCPCLOSE_BASE_SUGGEST_H
#define TCPCLOSE_BASE_SUGGEST_H

/* The search for the known name nearest to one that was written. Start with {.wanted = name}. */
struct suggestion {
	const char *wanted;
	const char *best; /* NULL as long as nothing is near */
	unsigned distance;
};

/*
 * Offers one known name. It is near when the wanted one is its beginning, or a few slips away (a
 * letter missing, too many, wrong, or two exchanged; one, and one more for every four letters). The
 * nearest wins, of equally near ones the first. Case is ignored.
 */
void suggest_offer(struct suggestion *suggestion, const char *candidate);

#endif
