/*
 * Writes the expectations of a script again, from what the kernel does: what the script does stays,
 * and what it wanted becomes what was seen.
 */
#ifndef TCPCLOSE_AUTHOR_BLESS_H
#define TCPCLOSE_AUTHOR_BLESS_H

#include <stdio.h>

#include "author/player.h"

struct blessing {
	const char *path; /* the path of the script, which must be a file */
	bool diff;        /* only print what would change */
};

enum blessed {
	BLESSED,        /* it was written or printed, or passes as it is */
	BLESSED_NOTHING /* it was refused, and the reason was printed */
};

enum blessed bless(const struct blessing *wanted, struct player *player, FILE *out, FILE *messages);

#endif
