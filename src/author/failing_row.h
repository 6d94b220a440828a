/* Which row of a table of cases a script fails in. */
#ifndef TCPCLOSE_AUTHOR_FAILING_ROW_H
#define TCPCLOSE_AUTHOR_FAILING_ROW_H

#include "author/player.h"
#include "base/arena.h"

/*
 * Plays each row by itself and returns the script of the first one that fails, or, with two
 * kernels, of the first one that they differ in; without its table when that changes nothing.
 * Returns the text as it is when it has no table, and with its first row when no row is wrong.
 */
const char *failing_row(const char *path, const char *text, struct player *player,
                        struct arena *arena);

#endif
