#include "explore/writing.h"

#include <stdio.h>
#include <stdlib.h>

#include "explore/moves.h"
#include "explore/opening.h"
#include "explore/walk.h"
#include "model/transition_list.h"

enum { WALKS = 4, MOVES_LEAST = 2, MOVES_MOST = 12, WAYS_LOOKED_AT = 4, CLOSING_PERCENT = 45 };

/* ---- moves ---- */

/* What a move takes that the walk had not: the rarer it was in the walks before, the more. */
static unsigned worth(const struct walk *before, const struct walk *after, const uint16_t *counts)
{
	enum { NEW = 1 << 12 };
	const struct transitions *had = &before->belief.taken, *has = &after->belief.taken;
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof(has->bits); i++)
		for (unsigned left = has->bits[i] & ~had->bits[i]; left; left &= left - 1)
			sum += NEW / (1u + counts[i * 8 + (unsigned)__builtin_ctz(left)]);
	return sum;
}

/* Of a few moves that chance wants, the one that leads to what is rarest. */
static void move(struct walk *walk, const uint16_t *counts)
{
	struct walk best = *walk;
	unsigned most = 0;

	for (unsigned i = 0; i < WAYS_LOOKED_AT; i++) {
		struct walk trial = *walk;

		chance_next(&walk->chance);
		trial.chance = chance_of(walk->chance.state, i);
		move_make(&trial);
		if (i == 0 || worth(walk, &trial, counts) > most) {
			best = trial;
			most = worth(walk, &trial, counts);
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
		move(&walk, wanted->counts);
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
