#include "explore/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/moves.h"
#include "explore/opening.h"

enum { MOVES_LEAST = 2, MOVES_MOST = 12, WAYS_LOOKED_AT = 4 };

/* ---- lines ---- */

void walk_say(struct walk *walk, usec_t wait, const char *format, ...)
{
	va_list args;
	int used;

	wait = wait < walk->left ? wait : walk->left;
	walk->left -= wait;
	walk->stamp += (uint32_t)(wait / USEC_PER_MSEC);
	belief_waits(&walk->belief, wait);
	used = snprintf(walk->lines + walk->length, WALK_LINES - walk->length, "+%g  ",
	                (double)wait / USEC_PER_SEC);
	walk->length += (size_t)used;
	va_start(args, format);
	used = vsnprintf(walk->lines + walk->length, WALK_LINES - walk->length, format, args);
	va_end(args);
	walk->length += (size_t)used;
	walk->length +=
		(size_t)snprintf(walk->lines + walk->length, WALK_LINES - walk->length, "\n");
}

usec_t walk_pause(struct walk *walk)
{
	/* Before, at and behind the timers of Linux and of the RFCs. */
	static const unsigned short_ones[] = { 0, 0, 0, 0, 1, 10, 10, 45, 100, 210, 300, 600 },
			      long_ones[] = { 0,     0,     0,     1,     10,     45,
		                              210,   300,   600,   1100,  3000,   7000,
		                              20000, 59000, 61500, 65000, 130000, 260000 };
	const unsigned *rows = walk->patient ? long_ones : short_ones;
	size_t count = walk->patient ? sizeof(long_ones) / sizeof(*long_ones)
	                             : sizeof(short_ones) / sizeof(*short_ones);

	return rows[chance_below(&walk->chance, (unsigned)count)] * USEC_PER_MSEC;
}

/* ---- segments ---- */

static void keep_sent(struct walk *walk, const struct segment *segment)
{
	if (walk->sent_count == WALK_SENT) {
		memmove(&walk->sent[0], &walk->sent[1], sizeof(walk->sent) - sizeof(*segment));
		walk->sent_count--;
	}
	walk->sent[walk->sent_count++] = *segment;
}

void walk_inject(struct walk *walk, usec_t wait, const struct segment *segment)
{
	struct segment written = *segment;
	char text[SEGMENT_TEXT];

	/* A SYN has the number that the script gives it; what else there is counts from it. */
	if (segment->tcp.flags & TCP_SYN)
		written.tcp.sequence += walk->first;
	walk_say(walk, wait, "< %s", segment_print(&written, text, sizeof(text)));
	belief_arrives(&walk->belief, segment, &walk->chance);
	keep_sent(walk, segment);
}

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
