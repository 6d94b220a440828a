/* Plays texts that are in no file: drafts of the functions that write scripts (author/). */
#ifndef TCPCLOSE_SUITE_TRIES_H
#define TCPCLOSE_SUITE_TRIES_H

#include "author/player.h"
#include "suite/options.h"

struct tries;

/*
 * Makes a player on the subjects of the options, which must stay. Returns NULL, after a message, on
 * an error.
 */
struct tries *tries_open(const struct suite_options *options, struct player *player);

void tries_close(struct tries *tries);

#endif
