/*
 * Makes a script that fails as short as possible, so that it still fails in the same way at the
 * same place.
 */
#ifndef TCPCLOSE_AUTHOR_MINIMISE_H
#define TCPCLOSE_AUTHOR_MINIMISE_H

#include <stdio.h>

#include "author/player.h"
#include "script/defines.h"

struct minimise {
	const char *path;   /* the path of the script */
	const char *output; /* NULL: standard output */
	const struct defines *given;
	/* In time of CLOCK_MONOTONIC: then the script is left as short as it is. 0: no limit. */
	usec_t until;
};

/*
 * With two subjects, the difference between them stays. Returns false, after a message, when there
 * is nothing to shorten: the script has errors, passes, or has no verdict. `messages` may be NULL.
 */
bool minimise(const struct minimise *wanted, struct player *player, FILE *messages);

#endif
