/* Plays texts that are in no file: drafts of what writes scripts (author/). */
#ifndef TCPCLOSE_SUITE_TRIES_H
#define TCPCLOSE_SUITE_TRIES_H

#include "author/player.h"
#include "suite/options.h"

struct tries;

/*
 * A player on the kernels of the options, which must stay. NULL, after a message, when there can be
 * none.
 */
struct tries *tries_open(const struct suite_options *options, struct player *player);

void tries_close(struct tries *tries);

#endif
