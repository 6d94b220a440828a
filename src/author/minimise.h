/*
 * A script that fails, made as short as it can be while it fails in the same way at the same place.
 */
#ifndef TCPCLOSE_AUTHOR_MINIMISE_H
#define TCPCLOSE_AUTHOR_MINIMISE_H

#include <stdio.h>

#include "author/player.h"
#include "script/defines.h"

struct minimise {
	const char *path;   /* of the script */
	const char *output; /* NULL: standard output */
	const struct defines *given;
	/* Of CLOCK_MONOTONIC: it is as short as it is then. 0: it takes what it takes. */
	usec_t until;
};

/*
 * With two kernels it is the difference between them that stays. False, after a message, when there
 * is nothing to shorten: the script is wrong, passes, or has no verdict. `messages` may be NULL.
 */
bool minimise(const struct minimise *wanted, struct player *player, FILE *messages);

#endif
