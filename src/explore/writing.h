/*
 * Writes walks: an opening, some moves, and an end. In virtual time a script has a few of them, one
 * after the other, since making its world costs more than playing it.
 */
#ifndef TCPCLOSE_EXPLORE_WRITING_H
#define TCPCLOSE_EXPLORE_WRITING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/circumstances.h"
#include "model/transitions.h"

struct walk_wanted {
	uint64_t seed, number;
	bool patient;
	bool plain; /* for any TCP: without what only Linux has */
	enum model_mode mode;
	const uint16_t *counts; /* TRANSITIONS: how many scripts before were to take each */
};

/* What came of it: the script, and what it is believed to do. */
struct walk_written {
	const char *text;
	unsigned walks; /* that are in it */
	struct transitions believed;
};

/* How many walks a script has. */
unsigned walks_of_script(bool patient);

struct walk_written walk_write(const struct walk_wanted *wanted, struct arena *arena);

#endif
