/*
 * Theory of operation. A draft is played, and beside it one for which the other end is the kernel.
 * Where it fails, the questions before the failing line get other answers, one at a time, and all
 * these drafts are played side by side. The draft that came furthest is the next to be changed.
 * Other changes are kept: when nothing comes further, the next best draft is tried. A round is over
 * when a draft has passed and those before it have had their time.
 */
#include "author/from_pcap.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "author/cleaned.h"
#include "author/conversation.h"
#include "author/draft.h"
#include "author/traced.h"
#include "base/save.h"

enum {
	/* How much longer than the capture a draft may take: the rest of its round waits for it. */
	SLACK = 500 * USEC_PER_MSEC,
	LONG = 600 * USEC_PER_MSEC, /* too long to be played only to see where the draft fails */
	PATIENCE = 6,               /* seconds in which a new round may begin */
	WIDTH = 40,                 /* drafts in a round, which are played side by side */
	ROUNDS = 10,
	TRIED_MAX = 2 + (1 + ROUNDS) * WIDTH + GUESS_MAX,
	NEAT = 1500 * USEC_PER_MSEC, /* what takes longer is not tried without what it assumes */
};

/* How far a draft came: the number of an event, or through all of them. */
#define PASSES SIZE_MAX

struct tried {
	struct guess guess;
	struct draft draft;
	struct played played;
	size_t reached; /* the number of the event that failed, from 1; 0: it could not be played */
	bool expanded;
	unsigned side; /* the answer to ASK_SIDE */
};

struct search {
	const struct conversation *talk;
	struct player *player;
	struct arena *arena;
	struct tried *tried;
	size_t count;
	usec_t until; /* no round begins after this time */
};

/* ---- playing ---- */

static size_t reached_by(const struct tried *tried)
{
	const struct draft_line *line;

	if (tried->played.kind == VERDICT_PASS)
		return PASSES;
	if (tried->played.kind == VERDICT_ERROR || tried->played.kind == VERDICT_SKIP)
		return 0;
	line = draft_line_at(&tried->draft, tried->played.at);
	return line && tried->played.at ? line->packet + 1 : 1;
}

static void play(struct search *search, size_t first)
{
	const char *texts[WIDTH + 1] = { NULL };
	struct played played[WIDTH + 1];
	size_t count = search->count - first;

	for (size_t i = 0; i < count; i++)
		texts[i] = search->tried[first + i].draft.text;
	search->player->play(search->player->context, search->talk->path, texts, count, played);
	for (size_t i = 0; i < count; i++) {
		struct tried *tried = &search->tried[first + i];

		tried->played = played[i];
		tried->reached = reached_by(tried);
	}
}

/* ---- what is tried next ---- */

static bool is_known(const struct search *search, const char *text)
{
	for (size_t i = 0; i < search->count; i++)
		if (!strcmp(search->tried[i].draft.text, text))
			return true;
	return false;
}

static struct tried *draft(struct search *search, const struct guess *guess)
{
	struct tried *tried = &search->tried[search->count];

	*tried = (struct tried){ .guess = *guess, .side = guess_answer(guess, ASK_SIDE, 0) };
	draft_write(search->talk, guess, search->arena, &tried->draft);
	return tried;
}

static bool add(struct search *search, const struct guess *guess)
{
	const struct tried *tried = draft(search, guess);

	if (tried->draft.impossible || is_known(search, tried->draft.text))
		return false;
	search->count++;
	return true;
}

/*
 * Streams come first: chance cuts them, so that no other answer may help. Then come questions about
 * the place that fails, then those about everything.
 */
static int compare_answers(const void *a, const void *b)
{
	const struct answer *x = a, *y = b;
	bool x_general = question_is_general(x->question);
	bool y_general = question_is_general(y->question);
	bool x_stream = x->question == ASK_STREAM, y_stream = y->question == ASK_STREAM;

	if (x_stream != y_stream)
		return x_stream ? -1 : 1;
	if (x_general != y_general)
		return x_general ? 1 : -1;
	if (x->packet != y->packet)
		return x->packet < y->packet ? 1 : -1;
	return x->question < y->question ? -1 : x->question > y->question;
}

/* Adds the drafts that differ in one answer from one that was tried, up to WIDTH in this round. */
static void expand(struct search *search, struct tried *tried, size_t first)
{
	size_t count = tried->draft.asked_count;
	struct answer *asked =
		arena_memdup(search->arena, tried->draft.asked, count * sizeof(*asked));

	tried->expanded = true;
	qsort(asked, count, sizeof(*asked), compare_answers);
	for (size_t i = 0; i < count; i++) {
		/* That is tried only when nothing else helps. */
		if (asked[i].question == ASK_SIDE)
			continue;
		if (!question_is_general(asked[i].question) && tried->reached &&
		    asked[i].packet >= tried->reached && asked[i].question != ASK_RESET)
			continue;
		for (unsigned other = 0; other < asked[i].answers; other++) {
			struct answer answer = asked[i];
			struct guess guess = tried->guess;

			answer.given = other;
			if (search->count - first < WIDTH && other != asked[i].given &&
			    guess_change(&guess, &answer))
				add(search, &guess);
		}
	}
}

/* The fewer changes, the better; and a script that leaves something open says less. */
static size_t cost_of(const struct tried *tried)
{
	size_t cost = 2 * tried->guess.count;

	for (size_t i = 0; i < tried->guess.count; i++)
		cost += tried->guess.other[i].question == ASK_STREAM;
	return cost;
}

/* The draft that came furthest, with the fewest changes; of several, the first. */
static struct tried *best_of(const struct search *search)
{
	struct tried *best = search->tried;

	for (size_t i = 1; i < search->count; i++) {
		struct tried *tried = &search->tried[i];

		/* How far a draft for the other end comes says nothing unless it passes. */
		if ((tried->side && tried->reached != PASSES) || tried->reached < best->reached)
			continue;
		if (tried->reached > best->reached || cost_of(tried) < cost_of(best))
			best = tried;
	}
	return best;
}

/* The same for one end, of the first `count` and those that were not changed yet; or NULL. */
static struct tried *best_to_change(const struct search *search, size_t count, unsigned side)
{
	struct tried *best = NULL;

	for (size_t i = 0; i < count; i++) {
		struct tried *tried = &search->tried[i];

		if (tried->expanded || tried->side != side)
			continue;
		if (!best || tried->reached > best->reached ||
		    (tried->reached == best->reached && tried->guess.count < best->guess.count))
			best = tried;
	}
	return best;
}

/* Changes the best draft for each end and, as far as there is room, those as good. */
static bool expand_best(struct search *search)
{
	size_t first = search->count, reached = 0;
	struct tried *next;

	if (search->player->is_stopped())
		return false;
	for (unsigned side = 0; side < 2; side++)
		if ((next = best_to_change(search, first, side))) {
			expand(search, next, first);
			reached = side ? reached : next->reached;
		}
	while (search->count - first < WIDTH && (next = best_to_change(search, first, 0)) &&
	       next->reached >= reached)
		expand(search, next, first);
	if (search->count > first)
		play(search, first);
	return search->count > first;
}

/*
 * The likeliest draft, the one for the other end, and, when the capture is long, what differs from
 * the likeliest in one answer: so most captures take not much longer than they are.
 */
static void begin(struct search *search)
{
	const struct answer other = { ASK_SIDE, 0, 1, 2 };
	struct guess guess = { 0 };

	add(search, &guess);
	guess_change(&guess, &other);
	if (!search->talk->side_given)
		add(search, &guess);
	if (search->talk->packets[search->talk->count - 1].at > LONG) {
		expand(search, &search->tried[0], 1);
		search->tried[0].expanded = false;
	}
	play(search, 0);
}

/*
 * A sysctl may stand in the draft that passed although chance let it pass. So drafts without one
 * are played, also those that failed before.
 */
static void try_without_sysctls(struct search *search)
{
	const struct tried *best = best_of(search);
	usec_t length = search->talk->packets[search->talk->count - 1].at;
	size_t first = search->count;

	if (best->reached != PASSES || search->player->is_stopped() ||
	    usec_now() + length > search->until - PATIENCE * (usec_t)USEC_PER_SEC + NEAT)
		return;
	for (size_t i = 0; i < best->guess.count; i++) {
		struct guess guess = best->guess;

		if (guess.other[i].question != ASK_SYSCTL)
			continue;
		guess.other[i] = guess.other[--guess.count];
		draft(search, &guess);
		search->count++;
	}
	if (search->count > first)
		play(search, first);
}

/* Changes what was tried until one passes. */
static const struct tried *find_best(struct search *search)
{
	begin(search);
	if (search->tried[0].played.kind == VERDICT_SKIP)
		return search->tried;
	for (int round = 0; round < ROUNDS && best_of(search)->reached != PASSES; round++)
		if (usec_now() > search->until || !expand_best(search))
			break;
	try_without_sysctls(search);
	return best_of(search);
}

/* ---- what is written ---- */

static unsigned line_of(const char *text, uint32_t offset)
{
	unsigned line = 1;

	for (uint32_t i = 0; i < offset && text[i]; i++)
		line += text[i] == '\n';
	return line;
}

static const char *name_of_file(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const char *front_of_trace(const struct search *search, const struct draft *draft,
                                  const char *text)
{
	const struct traced *trace = search->talk->traced;

	text = arena_printf(search->arena, "%s// The calls are those of %s%s%s.\n", text,
	                    name_of_file(trace->strace.path),
	                    draft->left_out[0] ? ", without " : "", draft->left_out);
	if (trace->shift)
		text = arena_printf(search->arena,
		                    "%s// Its clock is not the capture's: %+.6f s were added.\n",
		                    text, (double)trace->shift / USEC_PER_SEC);
	return text;
}

static const char *front(const struct search *search, const struct draft *draft)
{
	const struct conversation *talk = search->talk;
	struct arena *arena = search->arena;
	const char *text =
		arena_printf(arena, "// From %s, frames %lu to %lu.\n", name_of_file(talk->path),
	                     talk->packets[0].frame, talk->packets[talk->count - 1].frame);

	for (size_t i = 0; i < talk->flow_count; i++)
		text = arena_printf(arena, "%s// %s\n", text, conversation_name(talk, i));
	text = arena_printf(arena, "%s// The kernel is %s%s.\n", text,
	                    conversation_end(talk, &draft->kernel),
	                    talk->side_given ? "" : ", as it seems");
	if (talk->traced)
		text = front_of_trace(search, draft, text);
	if (talk->cut)
		text = arena_printf(arena,
		                    "%s// The capture goes on: a script ends after %d packets.\n",
		                    text, PACKETS_MAX);
	return text;
}

/* The result; the number of the line counts the lines before the draft, too. */
static const char *result(const struct search *search, const struct tried *best,
                          unsigned lines_before)
{
	const struct played *played = &best->played;
	const char *kernel = search->player->name;

	switch (played->kind) {
	case VERDICT_PASS:
		return arena_printf(search->arena, "passes on %s", kernel);
	case VERDICT_SKIP:
		return arena_printf(search->arena, "was not tried: %s", played->why);
	default:
		return arena_printf(search->arena, "does not pass on %s: line %u: %s", kernel,
		                    lines_before + line_of(best->draft.text, played->at),
		                    played->why);
	}
}

static unsigned count_lines(const char *text)
{
	return line_of(text, UINT32_MAX) - 1;
}

static enum authored write_best(struct search *search, const struct tried *best, const char *output,
                                FILE *messages)
{
	if (search->player->is_stopped()) {
		fprintf(messages, "%s: stopped by a signal: nothing is written\n",
		        search->talk->path);
		return AUTHORED_NOTHING;
	}
	const char *before = front(search, &best->draft);
	const char *came = result(search, best, count_lines(before) + 1);
	const char *text =
		arena_printf(search->arena, "%s// It %s.\n%s", before, came, best->draft.text);

	if (!save_text(output, text)) {
		save_failed(output, messages);
		return AUTHORED_NOTHING;
	}
	fprintf(messages, "%s: %zu packets; the best of %zu scripts %s\n", search->talk->path,
	        search->talk->count, search->count, came);
	return best->played.kind == VERDICT_PASS ? AUTHORED : AUTHORED_FAILS;
}

/* ---- everything ---- */

static bool read_conversation(const struct from_pcap *wanted, struct arena *arena,
                              struct conversation *talk, FILE *messages)
{
	bool several;
	const char *why = conversation_read(talk, arena, wanted->path, wanted->flow, &several);

	if (!why)
		conversation_clean(talk);
	if (why)
		fprintf(messages, "%s\n%s", why, several ? conversation_list(talk) : "");
	if (talk->damage)
		fprintf(messages, "%s%s\n", talk->damage,
		        why ? "" : "; the packets before that are used");
	if (!why && talk->snapped)
		fprintf(messages,
		        "%s: %lu packets are left out, because too little of them was kept "
		        "(snapshot length)\n",
		        talk->path, talk->snapped);
	if (!why && talk->copies)
		fprintf(messages,
		        "%s: %zu packets are copies of others, as in a capture of several "
		        "interfaces: they are left out\n",
		        talk->path, talk->copies);
	if (!why && wanted->side && !conversation_choose_side(talk, wanted->side)) {
		fprintf(messages, "%s: --side needs client, server or an address of %s, not '%s'\n",
		        talk->path, conversation_name(talk, 0), wanted->side);
		return false;
	}
	return !why;
}

static bool read_trace(const char *path, struct arena *arena, struct conversation *talk,
                       FILE *messages)
{
	struct traced *trace = arena_alloc(arena, sizeof(*trace));
	const char *why = path ? traced_read(trace, arena, path) : NULL;

	if (path && !why)
		why = traced_match(trace, talk);
	if (why)
		fprintf(messages, "%s\n", why);
	else if (path && trace->strace.damage)
		fprintf(messages, "%s; what came before is used\n", trace->strace.damage);
	return !why;
}

enum authored from_pcap(const struct from_pcap *wanted, struct player *player, FILE *messages)
{
	struct arena *arena = arena_new();
	struct conversation talk;
	struct search search = {
		.talk = &talk,
		.player = player,
		.arena = arena,
		.until = usec_now() + PATIENCE * (usec_t)USEC_PER_SEC,
	};
	enum authored authored = AUTHORED_NOTHING;

	if (read_conversation(wanted, arena, &talk, messages) &&
	    read_trace(wanted->strace, arena, &talk, messages)) {
		player->first_pass = player->hasty = true;
		player->limit = talk.packets[talk.count - 1].at + SLACK;
		player->until = search.until;
		search.tried = arena_alloc(arena, TRIED_MAX * sizeof(*search.tried));
		authored = write_best(&search, find_best(&search), wanted->output, messages);
	}
	arena_free(arena);
	return authored;
}
