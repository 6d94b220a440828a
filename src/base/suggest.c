#include "base/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 63 }; /* bytes; for longer names nothing is suggested */

static unsigned smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/*
 * The Damerau-Levenshtein distance, in the form that edits no letter twice. Of the table of
 * distances between all beginnings of the two names, three rows are enough.
 */
static unsigned distance(const char *a, const char *b)
{
	unsigned rows[3][LONGEST + 1];
	unsigned *before = rows[0], *previous = rows[1], *current = rows[2], *free_row;
	size_t length = strlen(b);

	for (size_t j = 0; j <= length; j++)
		previous[j] = (unsigned)j;
	for (size_t i = 1; i <= strlen(a); i++) {
		current[0] = (unsigned)i;
		for (size_t j = 1; j <= length; j++) {
			current[j] = previous[j - 1] + !same_letter(a[i - 1], b[j - 1]);
			current[j] = smaller(current[j], smaller(previous[j], current[j - 1]) + 1);
			if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
			    same_letter(a[i - 2], b[j - 1]))
				current[j] = smaller(current[j], before[j - 2] + 1);
		}
		free_row = before;
		before = previous;
		previous = current;
		current = free_row;
	}
	return previous[length];
}

void suggest_offer(struct suggestion *suggestion, const char *candidate)
{
	size_t length = strlen(suggestion->wanted);
	bool begins;
	unsigned steps;

	if (length == 0 || length > LONGEST || strlen(candidate) > LONGEST)
		return;
	steps = distance(suggestion->wanted, candidate);
	begins = length > 1 && !strncasecmp(suggestion->wanted, candidate, length);
	if (!begins && (steps > 1 + length / 4 || steps >= length))
		return;
	if (suggestion->best && steps >= suggestion->distance)
		return;
	suggestion->best = candidate;
	suggestion->distance = steps;
}
