#include "explore/writing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/moves.h"
#include "explore/opening.h"
#include "explore/walk.h"

enum { MOVES_LEAST = 2, MOVES_MOST = 12, WAYS_LOOKED_AT = 4 };

/* ---- moves ---- */

static size_t news(const struct walk *walk, const struct transitions *known)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(known->bits); i++)
		count += (size_t)__builtin_popcount(walk->belief.taken.bits[i] & ~known->bits[i]);
	return count;
}

/* Of a few moves that chance wants, the one of which most is new. */
static void move(struct walk *walk, const struct transitions *known)
{
	struct walk best = *walk;
	size_t most = 0;

	for (unsigned i = 0; i < WAYS_LOOKED_AT; i++) {
		struct walk trial = *walk;

		chance_next(&walk->chance);
		trial.chance = chance_of(walk->chance.state, i);
		move_make(&trial);
		if (i == 0 || news(&trial, known) > most) {
			best = trial;
			most = news(&trial, known);
		}
	}
	best.chance = walk->chance;
	*walk = best;
}

static void flush(struct walk *walk, FILE *out)
{
	fputs(walk->lines, out);
	walk->lines[0] = '\0';
	walk->length = 0;
}

struct walk_written walk_write(const struct walk_wanted *wanted, struct arena *arena)
{
	struct walk walk = {
		.chance = chance_of(wanted->seed, wanted->number),
		.patient = wanted->patient,
		.left = (wanted->patient ? 600 : 2) * (usec_t)USEC_PER_SEC,
		.descriptor = -1,
		.second = -1,
	};
	struct walk_written written;
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return (struct walk_written){ .text = "" };
	opening_write(&walk, wanted->mode, out);
	flush(&walk, out);
	unsigned moves = MOVES_LEAST + chance_below(&walk.chance, MOVES_MOST - MOVES_LEAST + 1);
	for (unsigned i = 0; i < moves; i++) {
		move(&walk, wanted->known);
		flush(&walk, out);
	}
	moves_end(&walk);
	flush(&walk, out);
	fclose(out);
	written.text = arena_strdup(arena, text ? text : "");
	written.believed = walk.belief.taken;
	free(text);
	return written;
}
