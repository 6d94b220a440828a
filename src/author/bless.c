/*
 * The script is played in all its families. The run continues behind each thing that is not as the
 * script says, and the changes that the plays ask for are put together into one new text. Where a
 * run could not go on, there may be more to change. So this is repeated, and it is also repeated
 * when the new text does not pass three times side by side. The file is written only when it does.
 */
#include "author/bless.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "author/changes.h"
#include "author/diff.h"
#include "base/save.h"
#include "script/laid_out.h"
#include "verdict/edited.h"

enum {
	ROUNDS = 12,
	WITNESSES = 3,
	PATIENCE = 20, /* seconds in which a new round may begin, and ... */
	LENGTHS = 8,   /* ... so many times what the first play took */
};

struct work {
	const struct blessing *wanted;
	struct player *player;
	struct arena *arena;
	const char *before, *text; /* as it was read; as it is now */
	struct changes changes;    /* of this round */
	size_t plays, passes;
	const char *why; /* why it cannot be blessed */
	bool changed;    /* the text is no longer as it was read */
};

/* ---- playing ---- */

static void refuse(struct work *work, const char *what, const char *why)
{
	if (!work->why)
		work->why = arena_printf(work->arena, "%s%s", what, why);
}

/* Refuses what no change of the text can mend. */
static void look_at(struct work *work, const struct judged *judged)
{
	switch (judged->verdict->kind) {
	case VERDICT_ERROR:
		refuse(work,
		       work->changed ? "what it would become has errors: " : "it has errors: ",
		       judged->why ? judged->why : judged->verdict->reason);
		break;
	case VERDICT_SKIP:
		refuse(work, "it cannot be played here: ", judged->verdict->reason);
		break;
	case VERDICT_INVALID:
	case VERDICT_NONE:
		refuse(work,
		       "what it did tells nothing about the kernel: ", judged->verdict->reason);
		break;
	case VERDICT_XFAIL:
	case VERDICT_XPASS:
	default:
		break;
	}
	if (judged->excuse)
		refuse(work, "what it does is a known bug, and must not become an expectation: ",
		       judged->excuse);
}

static bool is_good(const struct judged *judged)
{
	const struct evidence *evidence = judged->verdict->evidence;

	return judged->verdict->kind == VERDICT_PASS && !evidence->edits.count &&
	       !evidence->edits.hopeless;
}

static void take(void *context, const struct judged *judged)
{
	struct work *work = context;

	work->plays++;
	work->passes += is_good(judged);
	look_at(work, judged);
	changes_add(&work->changes, judged);
}

static void play(struct work *work, bool go_on, unsigned repeat)
{
	const struct judging judging = {
		.path = work->wanted->path,
		.text = work->text,
		.bless = go_on,
		.repeat = repeat,
		.take = take,
		.context = work,
	};

	work->changes = (struct changes){ .arena = work->arena, .widen = work->changed };
	work->plays = work->passes = 0;
	work->player->judge(work->player->context, &judging);
	if (!work->plays)
		refuse(work, "", "it was not played");
}

static bool all_pass(const struct work *work)
{
	return work->plays && work->passes == work->plays;
}

/* ---- writing ---- */

/* A script in its usual form stays in it. */
static const char *lay_out(const struct work *work, const char *text, const char *alike)
{
	struct sources *sources = sources_new(work->arena);
	struct diag *diag = diag_new(work->arena, sources);
	struct defines defines = { .first = NULL };
	const struct source_text *source =
		sources_add(sources, work->wanted->path, text, strlen(text));
	const char *form = source ? laid_out(source, &defines, sources, work->arena, diag) : NULL;

	return form ? form : alike;
}

static bool was_laid_out(const struct work *work)
{
	return !strcmp(lay_out(work, work->before, ""), work->before);
}

static void round_of_changes(struct work *work)
{
	const struct edits *edits = changes_merge(&work->changes, &work->why);
	const char *text;

	if (!edits && work->changes.unsure) {
		work->why = NULL;
		play(work, true, WITNESSES);
		edits = work->why ? NULL : changes_merge(&work->changes, &work->why);
	}
	if (!edits)
		return;
	text = edited_text(edits, work->changes.text, 0, work->changes.text->length, work->arena);
	if (!strcmp(text, work->text))
		refuse(work, "", "no change of its lines makes it pass: see the report");
	work->text = text;
	work->changed = true;
}

/* Where a play did not come to its end, there is more to change. */
static bool saw_the_end(const struct work *work)
{
	for (size_t i = 0; i < work->changes.count; i++)
		if (!work->changes.list[i].complete)
			return false;
	return true;
}

/* Goes from the script to one that passes. Returns false when it was refused. */
static bool find_text(struct work *work)
{
	const usec_t begun = usec_now();
	usec_t until = USEC_FOREVER;

	for (int i = 0; i < ROUNDS && !work->why && usec_now() < until; i++) {
		play(work, true, i ? 2 : 1);
		if (!i)
			until = begun + LENGTHS * (usec_now() - begun) +
			        PATIENCE * (usec_t)USEC_PER_SEC;
		if (work->why)
			break;
		if (!all_pass(work)) {
			round_of_changes(work);
			if (work->why || !saw_the_end(work))
				continue;
		}
		if (was_laid_out(work))
			work->text = lay_out(work, work->text, work->text);
		play(work, false, WITNESSES);
		if (all_pass(work))
			return true;
		work->changed = true;
		/* A busy machine is not a reason to give up. */
		if (work->why && i + 1 < ROUNDS)
			work->why = NULL;
	}
	refuse(work, "", "each round of changes finds further ones");
	return false;
}

/* ---- the comment ---- */

/* Writes "// Blessed on Linux 6.12.1." behind the comment with which the script begins. */
static const char *with_comment(struct work *work)
{
	static const char words[] = "// Blessed on ";
	const char *text = work->text, *end = text, *old = NULL;

	while (!strncmp(end, "//", 2)) {
		if (!strncmp(end, words, strlen(words)))
			old = end;
		end += strcspn(end, "\n");
		end += *end == '\n';
	}
	const char *behind = old ? old + strcspn(old, "\n") : end;
	behind += old && *behind == '\n';
	const char *front = old ? old : end;
	return arena_printf(work->arena, "%.*s%s%s.%s%s", (int)(front - text), text, words,
	                    work->player->name, edited_newline(text), behind);
}

/* ---- everything ---- */

static bool read_script(struct work *work)
{
	const char *why = NULL;
	const struct source_text *source =
		sources_read(sources_new(work->arena), work->wanted->path, &why);

	if (source)
		work->before = work->text = source->text;
	else
		refuse(work, "", why);
	/* It is better to know this now than when all the work is done. */
	if (source && !work->wanted->diff && access(work->wanted->path, W_OK) != 0)
		refuse(work, "it cannot be written: ", strerror(errno));
	return !work->why;
}

static bool has_changed(const struct work *work)
{
	const char *why;
	const struct source_text *now =
		sources_read(sources_new(work->arena), work->wanted->path, &why);

	return !now || strcmp(now->text, work->before);
}

static void write_text(struct work *work, const char *text)
{
	if (has_changed(work))
		refuse(work, "", "it was changed in the meantime, and is left as it is");
	else if (!save_text(work->wanted->path, text))
		refuse(work, "it cannot be written, and is left as it is: ", strerror(errno));
}

enum blessed bless(const struct blessing *wanted, struct player *player, FILE *out, FILE *messages)
{
	struct work work = { .wanted = wanted, .player = player, .arena = arena_new() };
	bool good = read_script(&work) && find_text(&work);
	bool same = good && !strcmp(work.text, work.before);
	const char *text = good && !same ? with_comment(&work) : NULL;

	if (text && !wanted->diff)
		write_text(&work, text);
	if (work.why)
		fprintf(messages, "%s: not blessed: %s\n", wanted->path, work.why);
	else if (same)
		fprintf(messages, "%s: passes as it is on %s\n", wanted->path, player->name);
	else if (wanted->diff)
		diff_print(wanted->path, work.before, text, out);
	else
		fprintf(messages, "%s: blessed on %s\n", wanted->path, player->name);
	enum blessed blessed = work.why ? BLESSED_NOTHING : BLESSED;
	arena_free(work.arena);
	return fflush(out) == 0 ? blessed : BLESSED_NOTHING;
}
