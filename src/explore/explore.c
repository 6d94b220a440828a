#include "explore/explore.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/save.h"
#include "explore/findings.h"
#include "explore/writing.h"
#include "model/transition_list.h"
#include "report/taken.h"

enum { BATCH = 256, BATCH_FIRST = 64, SUBJECTS = 2, SHORTEN_LEAST = 5 * USEC_PER_SEC };

struct exploring {
	const struct explore *wanted;
	const struct explorer *explorer;
	struct contest contest;
	FILE *messages;
	struct arena *arena;
	struct findings findings;
	uint16_t believed
		[TRANSITIONS];    /* how many scripts were to take each, as they were written */
	struct transitions taken; /* by walks as they went */
	uint64_t walks;           /* played, with a verdict */
	uint64_t unclear;         /* ... without: the machine was too busy */
	uint64_t wrong;           /* ... that were no scripts */
	uint64_t missing;         /* ... that ask for what a subject does not have */
	uint64_t in_part;         /* judged to a part only */
	uint64_t next;            /* the number of the next walk */
	usec_t spent;
	usec_t until; /* scripts are shortened */
	bool broken;
};

/* ---- walks ---- */

/* Has it a verdict? If not, that is counted. */
static bool was_played(struct exploring *x, const struct walked *walked, uint64_t number)
{
	switch (walked->kind) {
	case VERDICT_PASS:
	case VERDICT_FAIL:
		return true;
	case VERDICT_ERROR:
		if (x->wrong++ == 0)
			fprintf(x->messages, "walk %" PRIu64 " is no script: %s\n", number,
			        walked->reason);
		return false;
	case VERDICT_SKIP:
		if (x->missing++ == 0)
			fprintf(x->messages, "walk %" PRIu64 " cannot be played: %s\n", number,
			        walked->reason);
		return false;
	default:
		x->unclear++;
		return false;
	}
}

/* `walked`: on each subject. */
static void take_walk(struct exploring *x, const struct walked *walked, uint64_t number,
                      unsigned walks, const char *text)
{
	for (unsigned k = 0; k < x->explorer->subjects; k++) {
		if (!was_played(x, &walked[k], number))
			return;
		x->in_part += walked[k].model.in_part;
		transitions_add(&x->taken, &walked[k].model.taken);
	}
	x->walks += walks;
	findings_add(&x->findings, walked, &x->contest, number, text);
}

static void count_believed(struct exploring *x, const struct transitions *believed)
{
	for (size_t i = 0; i < TRANSITIONS; i++)
		if (transition_was_taken(believed, i) && x->believed[i] < UINT16_MAX)
			x->believed[i]++;
}

static void play_batch(struct exploring *x, size_t count)
{
	struct arena *arena = arena_new();
	struct walked *walked = arena_alloc(arena, count * SUBJECTS * sizeof(*walked));
	const char **texts = arena_alloc(arena, count * sizeof(*texts));
	unsigned walks = 1;

	for (size_t i = 0; i < count; i++) {
		struct walk_wanted wanted = {
			.seed = x->wanted->seed,
			.number = x->next + i,
			.patient = x->explorer->patient,
			.plain = x->explorer->stack,
			.mode = x->wanted->mode,
			.counts = x->believed,
		};
		struct walk_written written = walk_write(&wanted, arena);

		count_believed(x, &written.believed);
		texts[i] = written.text;
		walks = written.walks;
	}
	x->explorer->play(x->explorer->context, texts, count, walked);
	for (size_t i = 0; i < count; i++)
		take_walk(x, &walked[i * x->explorer->subjects], x->next + i, walks, texts[i]);
	x->next += count;
	arena_free(arena);
}

/*
 * What a busy machine does once is not what the kernel does. A difference that is allowed need not
 * come again.
 */
static bool comes_again(struct exploring *x, const struct finding *finding)
{
	struct walked walked[SUBJECTS];
	struct cause cause;

	for (int tries = 0; tries < 3; tries++) {
		x->explorer->play(x->explorer->context, &finding->text, 1, walked);
		if (finding_cause(walked, &x->contest, &cause) &&
		    !strcmp(cause.text, finding->cause.text))
			return true;
	}
	return false;
}

static bool found_first(struct exploring *x)
{
	bool found = false;

	for (size_t i = 0; x->wanted->first && i < x->findings.count && !found; i++)
		found = comes_again(x, &x->findings.list[i]);
	return found;
}

/* The scripts of the next batch; 0: there are enough. */
static size_t scripts_wanted(const struct exploring *x)
{
	size_t batch = x->wanted->first ? BATCH_FIRST : BATCH;
	unsigned each = walks_of_script(x->explorer->patient);
	uint64_t all = (x->wanted->walks + each - 1) / each,
		 left = all > x->next ? all - x->next : 0;

	return !x->wanted->walks || left > batch ? batch : (size_t)left;
}

static void play_walks(struct exploring *x)
{
	usec_t begun = usec_now();

	do {
		play_batch(x, scripts_wanted(x));
		x->spent = usec_now() - begun;
	} while (x->spent < x->wanted->time && scripts_wanted(x) > 0 &&
	         !x->explorer->stopped(x->explorer->context) && !found_first(x));
}

/* ---- what was found, as scripts ---- */

/* Two kernels are compared with each other, and not with the model. */
static bool is_of_model(const struct exploring *x, const struct finding *finding)
{
	return finding->walked.model.rule[0] && (x->contest.subjects == 1 || x->contest.stack);
}

static const char *text_of(struct exploring *x, const struct finding *finding)
{
	const struct second_opinion *model = &finding->walked.model;
	const char *state = model->state ? tcp_state_name(model->state) : NULL;

	if (!is_of_model(x, finding))
		return arena_printf(x->arena,
		                    "// --explore --seed=%" PRIu64 ", walk %" PRIu64
		                    ", on %s:\n// %s\n%s",
		                    x->wanted->seed, finding->number, x->explorer->name,
		                    finding->cause.text, finding->text);
	return arena_printf(x->arena,
	                    "// --explore --seed=%" PRIu64 ", walk %" PRIu64
	                    ", on %s:\n// %s\n// %s%s%s: %s\n// It fails with --model=%s.\n%s",
	                    x->wanted->seed, finding->number, x->explorer->name,
	                    finding->walked.reason, model->rule, state ? ", in " : "",
	                    state ? state : "", model->clause,
	                    x->wanted->mode == MODEL_RFC ? "rfc" : "linux", finding->text);
}

static const char *path_of(struct exploring *x, const struct finding *finding)
{
	const struct second_opinion *model = &finding->walked.model;

	if (!is_of_model(x, finding))
		return arena_printf(x->arena, "%s/walk-%" PRIu64 ".pkt", x->wanted->folder,
		                    finding->number);
	return arena_printf(x->arena, "%s/%s%s-%s.pkt", x->wanted->folder, model->rule,
	                    model->missed ? "-missing" : "",
	                    model->state ? tcp_state_name(model->state) : "all");
}

static void write_finding(struct exploring *x, struct finding *finding)
{
	const char *path = path_of(x, finding);
	bool stopped = x->explorer->stopped(x->explorer->context);

	finding->repeated = finding->cause.allowed || stopped || comes_again(x, finding);
	mkdir(x->wanted->folder, 0777);
	if (!save_text(path, text_of(x, finding))) {
		fprintf(x->messages, "cannot write %s: %s\n", path, strerror(errno));
		x->broken = true;
		return;
	}
	finding->path = path;
	if (finding->repeated && !finding->cause.allowed && !stopped && !x->wanted->first &&
	    usec_now() < x->until)
		x->explorer->shorten(x->explorer->context, path, x->until);
}

/* First what is wrong, and comes again. */
static int repeated_first(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->cause.allowed != y->cause.allowed)
		return x->cause.allowed ? 1 : -1;
	if (x->repeated != y->repeated)
		return x->repeated ? -1 : 1;
	return x->count > y->count ? -1 : x->count < y->count;
}

/* ---- the report ---- */

static void report_walks(const struct exploring *x, FILE *out)
{
	size_t all, taken;
	double seconds = (double)x->spent / USEC_PER_SEC;

	transition_count(&x->taken, x->wanted->mode, &all, &taken);
	fprintf(out,
	        "%" PRIu64 " walks on %s in %.1f s, %.0f each second, with --seed=%" PRIu64 "\n",
	        x->walks, x->explorer->name, seconds, seconds > 0 ? (double)x->walks / seconds : 0,
	        x->wanted->seed);
	if (x->unclear)
		fprintf(out, "%" PRIu64 " more say nothing: the machine was too busy for them\n",
		        x->unclear);
	if (x->missing)
		fprintf(out, "%" PRIu64 " more ask for what is not offered\n", x->missing);
	fprintf(out, "%zu of the model's %zu transitions were taken\n", taken, all);
	if (x->in_part)
		fprintf(out, "%" PRIu64 " walks could be judged in part only\n", x->in_part);
}

static void report_finding(const struct finding *finding, FILE *out)
{
	fprintf(out, "\n%s: in %zu walk%s%s\n    %s\n", finding->cause.text, finding->count,
	        finding->count == 1 ? "" : "s",
	        finding->repeated ? "" : ", but not again when it was repeated",
	        finding->walked.reason[0] ? finding->walked.reason
	                                  : "(the model finds nothing wrong with either)");
	if (finding->walked.model.rule[0])
		fprintf(out, "    %s\n", finding->walked.model.clause);
	if (finding->path)
		fprintf(out, "    %s\n", finding->path);
}

static void report(const struct exploring *x, FILE *out)
{
	size_t repeated = 0, allowed = 0;

	report_walks(x, out);
	for (size_t i = 0; i < x->findings.count; i++) {
		const struct finding *finding = &x->findings.list[i];

		repeated += finding->repeated && !finding->cause.allowed;
		allowed += finding->cause.allowed;
		report_finding(finding, out);
	}
	if (x->findings.beyond)
		fprintf(out, "\nand %zu walks showed still other causes\n", x->findings.beyond);
	fprintf(out, "%s%zu cause%s found", x->findings.count ? "\n" : "", repeated,
	        repeated == 1 ? "" : "s");
	if (allowed)
		fprintf(out, ", and %zu difference%s in which the model finds nothing wrong",
		        allowed, allowed == 1 ? "" : "s");
	fputc('\n', out);
}

static void save_transitions(struct exploring *x)
{
	const char *path = x->wanted->transitions;
	FILE *out = path ? fopen(path, "we") : NULL;
	bool good;

	if (!path)
		return;
	if (out)
		taken_write(out, &x->taken, x->wanted->mode);
	good = out && fflush(out) == 0;
	if (out)
		good &= fclose(out) == 0;
	if (good)
		return;
	fprintf(x->messages, "cannot write %s: %s\n", path, strerror(errno));
	x->broken = true;
}

static enum explored outcome_of(const struct exploring *x)
{
	for (size_t i = 0; i < x->findings.count; i++)
		if (x->findings.list[i].repeated && !x->findings.list[i].cause.allowed)
			return EXPLORED_FOUND;
	return x->broken || x->walks == 0 ? EXPLORED_BROKEN : EXPLORED_NOTHING;
}

enum explored explore(const struct explore *wanted, const struct explorer *explorer, FILE *out,
                      FILE *messages)
{
	struct arena *arena = arena_new();
	struct exploring *x = arena_alloc(arena, sizeof(*x));
	enum explored outcome;

	x->wanted = wanted;
	x->explorer = explorer;
	x->messages = messages;
	x->contest.subjects = explorer->subjects;
	x->contest.stack = explorer->stack;
	x->arena = x->findings.arena = arena;
	play_walks(x);
	x->until = usec_now() + (wanted->time > SHORTEN_LEAST ? wanted->time : SHORTEN_LEAST);
	for (size_t i = 0; i < x->findings.count; i++)
		write_finding(x, &x->findings.list[i]);
	qsort(x->findings.list, x->findings.count, sizeof(x->findings.list[0]), repeated_first);
	report(x, out);
	save_transitions(x);
	outcome = outcome_of(x);
	arena_free(arena);
	return outcome;
}
