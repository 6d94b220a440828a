#include "explore/writing.h"

#include <stdio.h>
#include <stdlib.h>

#include "explore/moves.h"
#include "explore/opening.h"
#include "explore/walk.h"
#include "model/transition_list.h"

enum { WALKS = 4, MOVES_LEAST = 2, MOVES_MOST = 12, WAYS_LOOKED_AT = 4, CLOSING_PERCENT = 45 };

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

static void write_one(const struct walk_wanted *wanted, unsigned index, unsigned count,
                      const struct habits *common, struct shared *shared,
                      struct transitions *believed, FILE *out)
{
	struct walk walk = {
		.chance = chance_of(wanted->seed + 1, wanted->number * WALKS + index),
		.patient = wanted->patient,
		.left = (wanted->patient ? 600 : 2) * (usec_t)USEC_PER_SEC,
		.port = count > 1 ? 5001 + index : 0,
		.base = 4 + 2 * (int)index,
		.last = index + 1 == count,
		.shared = *shared,
		.descriptor = -1,
		.second = -1,
	};

	opening_write(&walk, common, wanted->mode);
	flush(&walk, out);
	if (chance_percent(&walk.chance, CLOSING_PERCENT))
		moves_close(&walk);
	flush(&walk, out);
	unsigned moves = MOVES_LEAST + chance_below(&walk.chance, MOVES_MOST - MOVES_LEAST + 1);
	for (unsigned i = 0; i < moves; i++) {
		move(&walk, wanted->known);
		flush(&walk, out);
	}
	moves_end(&walk);
	flush(&walk, out);
	transitions_add(believed, &walk.belief.taken);
	*shared = walk.shared;
}

unsigned walks_of_script(bool patient)
{
	return patient ? WALKS : 1;
}

struct walk_written walk_write(const struct walk_wanted *wanted, struct arena *arena)
{
	struct chance chance = chance_of(wanted->seed, wanted->number);
	struct walk_written written = { .text = "", .walks = walks_of_script(wanted->patient) };
	struct habits common;
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	struct shared shared = { .listens = false };

	if (!out)
		return written;
	opening_settings(&chance, wanted->plain, &common, out);
	for (unsigned i = 0; i < written.walks; i++)
		write_one(wanted, i, written.walks, &common, &shared, &written.believed, out);
	fclose(out);
	written.text = arena_strdup(arena, text ? text : "");
	free(text);
	return written;
}
