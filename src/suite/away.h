/*
 * A text that is played from another folder than its own: what it includes by a path that counts
 * from there gets the whole path.
 */
#ifndef TCPCLOSE_SUITE_AWAY_H
#define TCPCLOSE_SUITE_AWAY_H

#include <stdint.h>

#include "base/arena.h"

/* The text for elsewhere, in the arena. `path` is the file that it counts from. */
const char *away_text(const char *text, const char *path, struct arena *arena);

/* Where an offset in the text for elsewhere is in `text` itself. */
uint32_t away_offset(const char *text, const char *path, uint32_t offset);

#endif
