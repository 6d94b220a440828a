/*
 * Runs of lines that follow each other are left out, each run in a text of its own, and the rest is
 * renumbered. All these texts are played side by side. Those that still fail in the same way show
 * which runs are not needed. The largest of these runs that do not overlap are left out together;
 * if the text does not fail then, only the largest is. This is repeated until nothing more can be
 * left out, not even two lines that are apart. At the end, segments are reduced to one byte.
 * Nothing depends on chance, so the same script always gives the same result.
 */
#include "author/minimise.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "author/failing_row.h"
#include "author/pieces.h"
#include "base/save.h"

enum {
	KERNELS = 2,
	BATCH = 128,      /* texts that are played side by side */
	BATCH_TIMED = 16, /* ... where there is an end of the time */
	SHORT_RUN = 6,    /* shorter runs are tried at every place */
	LONG_RUN = 16,    /* and so are these at the end, when little is left */
	APART_MOST = 8,   /* how far two lines may be apart that are left out together */
	WORDS = 512,
	/* Milliseconds: a line waits for a segment that does not come, a second or hastily. */
	SLACK = 1200,
	SLACK_HASTY = 400,
};

/* The result of a text on a kernel, without what differs from run to run. */
struct outcome {
	enum verdict_kind kind;
	char words[WORDS]; /* reason, class, fields and state, without their numbers */
	size_t place;      /* the piece that fails */
};

/* Pieces that are left out together. */
struct cut {
	size_t first, last; /* the ends of a run, or two single pieces */
	bool two;
	size_t weight; /* how many pieces are left out */
	bool good;
};

struct shortening {
	const char *path;
	const struct defines *given;
	struct player *player;
	struct arena *arena;
	struct pieces pieces;
	enum fate *fates;
	struct outcome wanted[KERNELS];
	struct cut *cuts;
	size_t cut_count, cut_room;
	size_t plays;
	usec_t until; /* or 0 */
};

/* ---- outcomes ---- */

/* "0.215 s after the first" and "0.216 s after the first" count as equal. */
static void add_words(char words[WORDS], const char *text)
{
	size_t length = strlen(words);

	for (; *text && length + 2 < WORDS; text++)
		if (!isdigit((unsigned char)*text) && !strchr(".+-", *text))
			words[length++] = *text;
	words[length++] = ';';
	words[length] = '\0';
}

static void take_outcome(const struct shortening *s, const struct played *played,
                         const enum fate *fates, const uint32_t *begins, struct outcome *outcome)
{
	*outcome = (struct outcome){ .kind = played->kind, .place = s->pieces.count };
	if (played->kind == VERDICT_PASS)
		return;
	add_words(outcome->words, played->reason);
	add_words(outcome->words, played->class);
	add_words(outcome->words, played->fields);
	add_words(outcome->words, played->state);
	if (played->at)
		outcome->place = pieces_at(&s->pieces, fates, begins, played->at);
	else
		add_words(outcome->words, played->line);
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
	return a->kind == b->kind && a->place == b->place && !strcmp(a->words, b->words);
}

/* ---- playing ---- */

/* Plays the rest without each of the cuts. cut->good tells whether the result is the same. */
static void play_batch(struct shortening *s, struct cut *cuts, size_t count)
{
	static struct played played[BATCH * KERNELS];
	const char *texts[BATCH];
	uint32_t *begins[BATCH];
	enum fate *fates[BATCH];
	struct arena *arena = arena_new();

	for (size_t i = 0; i < count; i++) {
		fates[i] = arena_memdup(arena, s->fates, s->pieces.count * sizeof(enum fate));
		for (size_t p = cuts[i].first; p <= cuts[i].last; p++)
			if (!cuts[i].two || p == cuts[i].first || p == cuts[i].last)
				fates[i][p] = PIECE_GONE;
		begins[i] = arena_alloc(arena, s->pieces.count * sizeof(uint32_t));
		texts[i] = pieces_text(&s->pieces, fates[i], arena, begins[i]);
	}
	s->player->play(s->player->context, s->path, texts, count, played);
	s->plays += count;
	for (size_t i = 0; i < count; i++) {
		cuts[i].good = true;
		for (unsigned k = 0; k < s->player->subjects; k++) {
			struct outcome outcome;

			take_outcome(s, &played[i * s->player->subjects + k], fates[i], begins[i],
			             &outcome);
			cuts[i].good &= same_outcome(&outcome, &s->wanted[k]);
		}
	}
	arena_free(arena);
}

static bool has_time(const struct shortening *s)
{
	return !s->until || usec_now() < s->until;
}

static bool may_go_on(const struct shortening *s)
{
	return has_time(s) && !s->player->is_stopped();
}

/* A cut that there was no time for is not good. */
static void play_cuts(struct shortening *s)
{
	size_t batch = s->until ? BATCH_TIMED : BATCH;

	for (size_t i = 0; i < s->cut_count && may_go_on(s); i += batch) {
		size_t left = s->cut_count - i;

		play_batch(s, s->cuts + i, left < batch ? left : batch);
	}
}

/* ---- what can be left out ---- */

static bool may_go(const struct shortening *s, size_t piece)
{
	for (unsigned k = 0; k < s->player->subjects; k++)
		if (s->wanted[k].place == piece)
			return false;
	return s->fates[piece] != PIECE_GONE && !s->pieces.list[piece].fixed;
}

static void add_cut(struct shortening *s, size_t first, size_t last, bool two, size_t weight)
{
	s->cuts = arena_grown(s->arena, s->cuts, s->cut_count, &s->cut_room, sizeof(*s->cuts));
	s->cuts[s->cut_count++] = (struct cut){ first, last, two, weight, false };
}

/*
 * The run of `length` pieces from `first` on that may be left out. Pieces that are gone do not
 * count.
 */
static bool run_end(const struct shortening *s, size_t first, size_t length, size_t *last)
{
	for (size_t i = first; i < s->pieces.count; i++) {
		if (s->fates[i] == PIECE_GONE)
			continue;
		if (!may_go(s, i))
			return false;
		*last = i;
		if (--length == 0)
			return true;
	}
	return false;
}

static size_t count_left(const struct shortening *s)
{
	size_t left = 0;

	for (size_t i = 0; i < s->pieces.count; i++)
		left += s->fates[i] != PIECE_GONE;
	return left;
}

static void add_runs_of(struct shortening *s, size_t length)
{
	size_t last = 0;

	for (size_t first = 0; first < s->pieces.count; first++)
		if (may_go(s, first) && run_end(s, first, length, &last))
			add_cut(s, first, last, false, length);
}

static bool is_tried_first(size_t length, size_t left)
{
	return length <= SHORT_RUN || length == left / 2 || length == left / 4;
}

static void add_runs(struct shortening *s)
{
	size_t left = count_left(s);

	for (size_t length = left; length >= 1; length--)
		if (is_tried_first(length, left))
			add_runs_of(s, length);
}

/* Such as all of a first connection that the second does not need. */
static void add_long_runs(struct shortening *s)
{
	size_t left = count_left(s);

	for (size_t length = left < LONG_RUN ? left : LONG_RUN; length > SHORT_RUN; length--)
		if (!is_tried_first(length, left))
			add_runs_of(s, length);
}

/* Two pieces that can only be left out together, such as a call and the call that undoes it. */
static void add_pairs(struct shortening *s)
{
	for (size_t first = 0; first < s->pieces.count; first++) {
		if (!may_go(s, first))
			continue;
		for (size_t second = first + 1, apart = 0;
		     second < s->pieces.count && apart < APART_MOST; second++) {
			apart += s->fates[second] != PIECE_GONE;
			if (may_go(s, second))
				add_cut(s, first, second, true, 2);
		}
	}
}

static int heavier_first(const void *a, const void *b)
{
	const struct cut *x = a, *y = b;

	if (x->good != y->good)
		return x->good ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static void leave_out(const struct cut *cut, enum fate *fates)
{
	for (size_t i = cut->first; i <= cut->last; i++)
		if (!cut->two || i == cut->first || i == cut->last)
			fates[i] = PIECE_GONE;
}

static bool is_untouched(const struct cut *cut, const enum fate *fates, const enum fate *before)
{
	for (size_t i = cut->first; i <= cut->last; i++)
		if (before[i] != fates[i])
			return false;
	return true;
}

/* Tells whether the result is the same with only this left. */
static bool holds(struct shortening *s, const enum fate *fates)
{
	enum fate *before = s->fates;
	struct cut none = { .first = 1, .last = 0 };

	s->fates = (enum fate *)fates;
	play_batch(s, &none, 1);
	s->fates = before;
	return none.good;
}

/* Leaves out what the good cuts allow. Returns false when there is none. */
static bool take_cuts(struct shortening *s)
{
	enum fate *fates = arena_memdup(s->arena, s->fates, s->pieces.count * sizeof(enum fate));
	size_t taken = 0;

	qsort(s->cuts, s->cut_count, sizeof(*s->cuts), heavier_first);
	if (!s->cut_count || !s->cuts[0].good)
		return false;
	for (size_t i = 0; i < s->cut_count && s->cuts[i].good; i++)
		if (is_untouched(&s->cuts[i], fates, s->fates)) {
			leave_out(&s->cuts[i], fates);
			taken++;
		}
	if (taken > 1 && holds(s, fates))
		memcpy(s->fates, fates, s->pieces.count * sizeof(enum fate));
	else
		leave_out(&s->cuts[0], s->fates);
	return true;
}

static bool leave_out_more(struct shortening *s, void (*add)(struct shortening *s))
{
	s->cut_count = 0;
	add(s);
	play_cuts(s);
	return take_cuts(s);
}

static void shorten(struct shortening *s)
{
	do {
		while (may_go_on(s) && leave_out_more(s, add_runs))
			;
	} while (may_go_on(s) &&
	         (leave_out_more(s, add_long_runs) || leave_out_more(s, add_pairs)));
}

/* ---- bytes ---- */

/* Reduces one segment after the other to a byte, where the result is the same. */
static void shrink(struct shortening *s)
{
	for (size_t i = 0; i < s->pieces.count && may_go_on(s); i++) {
		enum fate *fates =
			arena_memdup(s->arena, s->fates, s->pieces.count * sizeof(*fates));

		if (pieces_shrink(&s->pieces, i, fates) && holds(s, fates))
			s->fates = fates;
	}
}

/* ---- everything ---- */

static size_t count_kept(const struct shortening *s, bool packets)
{
	size_t count = 0;

	for (size_t i = 0; i < s->pieces.count; i++)
		count += s->fates[i] != PIECE_GONE && !s->pieces.list[i].fixed &&
		         (!packets || s->pieces.list[i].packet);
	return count;
}

/* Whether the result would be another one if nothing were waited for that comes too late. */
static bool is_about_lateness(const struct outcome *outcome)
{
	return strstr(outcome->words, "no segment") || strstr(outcome->words, "too late");
}

/* Two subjects must have different results; a single one must fail. */
static const char *why_not(const struct shortening *s, const struct played *played)
{
	bool differ = s->player->subjects > 1 && !same_outcome(&s->wanted[0], &s->wanted[1]);

	for (unsigned k = 0; k < s->player->subjects; k++)
		if (s->wanted[k].kind == VERDICT_ERROR)
			return "it has errors: --dry_run shows them";
		else if (s->wanted[k].kind != VERDICT_PASS && s->wanted[k].kind != VERDICT_FAIL)
			return arena_printf(s->arena, "it has no verdict: %s", played[k].why);
	if (s->player->subjects > 1)
		return differ ? NULL : "both do the same";
	return s->wanted[0].kind == VERDICT_FAIL ? NULL : "it passes";
}

/* Cuts the script, and plays it unchanged: this result must stay the same. */
static const char *begin(struct shortening *s, const char *text)
{
	struct played played[KERNELS];
	const char *why = pieces_cut(&s->pieces, s->arena, s->path, text, s->given);

	if (why)
		return why;
	uint32_t *begins = arena_alloc(s->arena, (s->pieces.count + 1) * sizeof(*begins));
	s->fates = arena_alloc(s->arena, (s->pieces.count + 1) * sizeof(*s->fates));
	for (size_t i = 0; i < s->pieces.count; i++)
		s->fates[i] = PIECE_KEPT;
	const char *whole = pieces_text(&s->pieces, s->fates, s->arena, begins);
	usec_t before = usec_now();
	s->player->play(s->player->context, s->path, &whole, 1, played);
	usec_t took = usec_now() - before;
	s->player->hasty = true;
	for (unsigned k = 0; k < s->player->subjects; k++) {
		take_outcome(s, &played[k], s->fates, begins, &s->wanted[k]);
		s->player->hasty &= !is_about_lateness(&s->wanted[k]);
	}
	/*
	 * A call may block for ever when the event that would end it is gone. So the time is
	 * limited.
	 */
	s->player->limit = took + (s->player->hasty ? SLACK_HASTY : SLACK) * USEC_PER_MSEC;
	return why_not(s, played);
}

static bool write_it(struct shortening *s, const struct minimise *wanted, FILE *messages)
{
	uint32_t *begins = arena_alloc(s->arena, (s->pieces.count + 1) * sizeof(*begins));
	const char *text = pieces_text(&s->pieces, s->fates, s->arena, begins);

	if (save_text(wanted->output, text))
		return true;
	if (messages)
		save_failed(wanted->output, messages);
	return false;
}

bool minimise(const struct minimise *wanted, struct player *player, FILE *messages)
{
	struct arena *arena = arena_new();
	struct shortening s = {
		.path = wanted->path,
		.given = wanted->given,
		.player = player,
		.arena = arena,
		.until = wanted->until,
	};
	const char *why = NULL;
	const struct source_text *source = sources_read(sources_new(arena), wanted->path, &why);
	bool good = false;

	if (source)
		why = begin(&s, failing_row(s.path, source->text, player, arena));
	if (why && messages) {
		fprintf(messages, "%s: %s\n", wanted->path, why);
	} else if (!why) {
		size_t lines = count_kept(&s, false), packets = count_kept(&s, true);

		shorten(&s);
		shrink(&s);
		good = !player->is_stopped() && write_it(&s, wanted, messages);
		if (messages && player->is_stopped())
			fprintf(messages, "%s: stopped by a signal: nothing is written\n",
			        wanted->path);
		else if (messages && good)
			fprintf(messages,
			        "%s: %zu of %zu lines are left, %zu of %zu segments (%zu plays)\n",
			        wanted->path, count_kept(&s, false), lines, count_kept(&s, true),
			        packets, s.plays);
	}
	arena_free(arena);
	return good;
}
