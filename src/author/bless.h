/*
 * A script whose expectations are written anew, from what the kernel at hand does: what is to be
 * done stays, and what was wanted becomes what was seen.
 */
#ifndef TCPCLOSE_AUTHOR_BLESS_H
#define TCPCLOSE_AUTHOR_BLESS_H

#include <stdio.h>

#include "author/player.h"

struct blessing {
	const char *path; /* of the script, which is a file */
	bool diff;        /* only print what would change */
};

enum blessed {
	BLESSED,        /* it was written, or printed, or passes as it is */
	BLESSED_NOTHING /* it was refused, and the reason told */
};

enum blessed bless(const struct blessing *wanted, struct player *player, FILE *out, FILE *messages);

#endif
