/*
 * Much of this comes from a child that may have died before it was done. So no text is expected to
 * end with NUL, and when the child died, only its events are shown.
 */
#include "report/findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/words.h"
#include "verdict/edited.h"
#include "verdict/counter_words.h"

enum { LATE_TO_SHOW = 100 }; /* microseconds */

struct findings_in_work {
	struct findings *findings;
	struct arena *arena;
	const struct report_test *test;
	const struct verdict *verdict;
	const struct evidence *evidence;
};

static struct finding *add(struct findings_in_work *work, enum finding_kind kind, const char *label,
                           const char *text)
{
	struct findings *findings = work->findings;
	struct finding *finding =
		&findings->list[findings->count < FINDINGS_MAX ? findings->count++
	                                                       : FINDINGS_MAX - 1];

	*finding = (struct finding){ .kind = kind, .label = label, .text = text };
	return finding;
}

static const char *kept_text(struct findings_in_work *work, const char *text, size_t size)
{
	return arena_strndup(work->arena, text, strnlen(text, size));
}

static double seconds(usec_t time)
{
	return (double)time / USEC_PER_SEC;
}

/* ---- what was wanted and seen ---- */

static const char *text_of_want(struct findings_in_work *work)
{
	char text[WORDS];

	return arena_strdup(work->arena,
	                    words_want(&work->evidence->want, work->test->sources, text));
}

static const char *text_of_seen(struct findings_in_work *work)
{
	char text[WORDS];

	return arena_strdup(work->arena, words_segment(&work->evidence->seen, text));
}

static usec_t time_of_end(const struct findings_in_work *work)
{
	return work->findings->about ? work->findings->about->at : work->evidence->at;
}

/* "at 0.0102 s (+0.0003)" */
static const char *note_of_seen(struct findings_in_work *work)
{
	const struct event *about = work->findings->about;

	usec_t late = about ? about->late : 0;
	const char *note = arena_printf(work->arena, "at %.4f s", seconds(time_of_end(work)));
	return labs((long)late) < LATE_TO_SHOW
	               ? note
	               : arena_printf(work->arena, "%s (%+.4f)", note, seconds(late));
}

static void add_wanted_and_seen(struct findings_in_work *work)
{
	const struct evidence *evidence = work->evidence;

	if (!evidence->has_want && !evidence->has_seen)
		return;
	if (evidence->has_want)
		add(work, FINDING_WANTED, "wanted", text_of_want(work));
	else
		add(work, FINDING_NOT_WANTED, "wanted", "nothing");
	if (evidence->has_seen)
		add(work, FINDING_SEEN, "seen", text_of_seen(work))->note = note_of_seen(work);
	else
		add(work, FINDING_NOT_SEEN, "seen",
		    arena_printf(work->arena, "nothing until %.4f s", seconds(time_of_end(work))));
}

/* "FP. 156:625(469)" */
static void print_part(struct text_buffer *out, const struct segment *segment)
{
	const struct tcp_header *tcp = &segment->tcp;
	char flags[TCP_FLAGS_TEXT];

	text_add(out, "%s %u:%u(%u)", tcp_flags_print(tcp->flags, flags), tcp->sequence,
	         tcp->sequence + segment->payload_length, segment->payload_length);
}

/* "2 packets together: P. 1:156(155), FP. 156:625(469)" */
static void add_parts(struct findings_in_work *work)
{
	const struct evidence *evidence = work->evidence;
	char text[WORDS];
	struct text_buffer out = text_begin(text, WORDS);

	if (!evidence->has_seen || evidence->part_count < 2)
		return;
	text_add(&out, "%u packets together", evidence->part_count);
	for (unsigned i = 0; i < evidence->part_count && i < PARTS_MAX; i++) {
		const struct event *event = trace_event(&evidence->trace, evidence->parts[i]);

		text_add(&out, i ? ", " : ": ");
		if (event)
			print_part(&out, &event->segment);
	}
	add(work, FINDING_PARTS, "made of", arena_strdup(work->arena, text));
}

static void add_fields(struct findings_in_work *work)
{
	const struct mismatches *all = &work->evidence->mismatches;

	for (size_t i = 0; i < all->count && i < MISMATCHES_MAX; i++) {
		const struct mismatch *mismatch = &all->list[i];
		struct finding *field =
			add(work, FINDING_FIELD, mismatch->field ? mismatch->field : "", NULL);

		field->wanted = kept_text(work, mismatch->want, MISMATCH_TEXT);
		field->seen = kept_text(work, mismatch->seen, MISMATCH_TEXT);
	}
}

/* What the segment that was seen is; "" when it is not known. */
static const char *class_of_seen(const struct findings_in_work *work)
{
	const struct event *about = work->findings->about;

	return about && work->evidence->has_seen ? about->classified : "";
}

static void add_class(struct findings_in_work *work)
{
	const char *text = class_of_seen(work);

	if (*text)
		add(work, FINDING_CLASS, "which is",
		    arena_printf(work->arena, "%s %.*s", strchr("AEIOUaeiou", *text) ? "an" : "a",
		                 (int)strnlen(text, CLASSIFIED_TEXT), text));
}

/* ---- the connection, the harness ---- */

static void add_state(struct findings_in_work *work)
{
	/*
	 * In these states it tells something when there is no descriptor: the connection is an
	 * orphan.
	 */
	static const unsigned may_have_descriptor =
		1u << STATE_ESTABLISHED | 1u << STATE_FIN_WAIT_1 | 1u << STATE_FIN_WAIT_2 |
		1u << STATE_CLOSE_WAIT | 1u << STATE_LAST_ACK | 1u << STATE_CLOSING;
	const struct tcp_status *state = &work->evidence->state;
	char text[WORDS];

	if (!work->evidence->has_state)
		return;
	bool orphan = !state->inode && (may_have_descriptor & 1u << state->state);
	add(work, FINDING_STATE, "state",
	    arena_printf(work->arena, "%s%s", words_state(state, text),
	                 orphan ? ", no descriptor" : ""));
}

/* Those that moved, and what the first of them tell. */
static void add_counters(struct findings_in_work *work)
{
	const char *moved = kept_text(work, work->evidence->moved, VERDICT_TEXT);
	const struct counter_row *row;

	if (!*moved)
		return;
	add(work, FINDING_COUNTERS, "counters", moved);
	for (unsigned i = 0; i < COUNTERS_TOLD && (row = counter_next(&moved)); i++)
		add(work, FINDING_COUNTER, row->name, row->text);
}

/* "F. 1:1(0) ack 102 win 257 at 0.2104 s was dropped: TCP_OLD_SEQUENCE, in tcp_ack" */
static void add_fates(struct findings_in_work *work)
{
	const struct evidence *evidence = work->evidence;
	char text[WORDS];

	for (unsigned i = 0; i < evidence->fate_count && i < FATES_MAX; i++) {
		const struct packet_fate *fate = &evidence->fates[i];
		const struct event *event = trace_event(&evidence->trace, fate->event);

		if (event)
			add(work, FINDING_FATE, "kernel",
			    arena_printf(work->arena, "%s at %.4f s was %.*s",
			                 words_segment(&event->segment, text), seconds(event->at),
			                 (int)strnlen(fate->text, FATE_TEXT), fate->text));
	}
	if (*evidence->untold)
		add(work, FINDING_FATE, "kernel",
		    arena_printf(work->arena, "does not say why: %.*s",
		                 (int)strnlen(evidence->untold, VERDICT_TEXT), evidence->untold));
}

/*
 * The i-th mismatch that --non_fatal allowed, with its line: "x.pkt:12: the kernel's segment is not
 * the one wanted: ack wanted 1, seen 2".
 */
static const char *text_let_pass(struct findings_in_work *work, unsigned i)
{
	const struct let_pass *passed = &work->evidence->let_pass[i];
	const char *text = kept_text(work, passed->text, LET_PASS_TEXT);
	struct location location;

	return work->test->sources &&
	                       sources_locate(work->test->sources, passed->where.begin, &location)
	               ? arena_printf(work->arena, "%.200s:%u: %s", location.path, location.line,
	                              text)
	               : text;
}

static void add_let_pass(struct findings_in_work *work)
{
	unsigned count = work->evidence->let_pass_count;
	unsigned kept = count < LET_PASS_MAX ? count : LET_PASS_MAX;

	if (!count)
		return;
	add(work, FINDING_LET_PASS_COUNT, "let pass",
	    arena_printf(work->arena, "%u mismatch%s", count, count == 1 ? "" : "es"));
	for (unsigned i = 0; i < kept; i++)
		add(work, FINDING_LET_PASS, "let pass", text_let_pass(work, i));
	if (count > kept)
		add(work, FINDING_LET_PASS, "let pass",
		    arena_printf(work->arena, "and %u more", count - kept));
}

static void add_harness(struct findings_in_work *work)
{
	const struct evidence *evidence = work->evidence;

	if (work->verdict->kind == VERDICT_INVALID || evidence->late_max > USEC_PER_MSEC)
		add(work, FINDING_HARNESS, "harness",
		    arena_printf(work->arena, "up to %.1f ms late, %.1f ms in the median",
		                 (double)evidence->late_max / USEC_PER_MSEC,
		                 (double)evidence->late_median / USEC_PER_MSEC));
}

/* ---- the fix ---- */

/* The file that a place is in; NULL: it is within a define, or a cell. */
static const struct source_text *file_of(const struct findings_in_work *work, struct range range)
{
	const struct source_text *file;

	for (size_t i = 0; (file = sources_file(work->test->sources, i)); i++)
		if (range.begin >= file->base && range.end - file->base <= file->length)
			return file;
	return NULL;
}

/* "x.inc:12", where it is not the line that is shown already. */
static const char *note_of_fix(struct findings_in_work *work, struct range place, const char *word)
{
	struct location location;

	if (!sources_locate(work->test->sources, place.begin, &location))
		return NULL;
	return arena_printf(work->arena, "%s%s:%u", word, location.path, location.line);
}

/* A line that is not there: it, and where it belongs. */
static void add_new_line(struct findings_in_work *work, struct edit *line)
{
	if (!home_take(&work->test->home, line) && !file_of(work, line->where))
		return;
	bool behind = line->where.end;
	struct range beside = behind ? line->where : line->next;
	const struct source_text *file = file_of(work, beside);
	if (!file)
		return;
	struct finding *fix =
		add(work, FINDING_FIX, "fix", edited_line(line, file, beside, work->arena));
	fix->note = note_of_fix(work, beside, behind ? "behind " : "before ");
}

/*
 * Brings all edits home, and tells the file that they are in; NULL: no line of one file is right.
 */
static const struct source_text *home_of(struct findings_in_work *work, struct edits *edits,
                                         struct range *lines)
{
	const struct source_text *home = NULL;

	*lines = (struct range){ UINT32_MAX, 0 };
	for (size_t i = 0; i < edits->count; i++) {
		struct edit *edit = &edits->list[i];
		bool own = home_take(&work->test->home, edit);
		const struct source_text *file = file_of(work, edit->where);

		if (!file || (home && file != home) ||
		    (!own && (file->base == work->test->home.text->base ||
		              home_is_defined(&work->test->home, file, edit->where))))
			return NULL;
		home = file;
		if (edit->where.begin < lines->begin)
			lines->begin = edit->where.begin;
		if (edit->where.end > lines->end)
			lines->end = edit->where.end;
	}
	return home;
}

static uint32_t line_begin(const struct source_text *file, uint32_t at)
{
	while (at && file->text[at - 1] != '\n')
		at--;
	return at;
}

/* The last line before the segment that was seen; {0,0}: none. */
static struct range line_before_seen(const struct findings_in_work *work)
{
	const struct trace *trace = &work->evidence->trace;
	const struct event *event;

	for (size_t i = work->evidence->event; i-- > 0 && (event = trace_event(trace, i));)
		if (event->where.end)
			return event->where;
	return (struct range){ 0, 0 };
}

/* A line that is right, but not where it stands: the segment came earlier. */
static bool belongs_elsewhere(const struct findings_in_work *work, const char *text,
                              const struct source_text *file, uint32_t from)
{
	return work->evidence->off && !strncmp(text, file->text + from, strlen(text));
}

/* The lines as they should be. */
static void add_changed_lines(struct findings_in_work *work, struct edits *edits)
{
	const struct range line = work->verdict->line;
	struct range lines;
	const struct source_text *file = home_of(work, edits, &lines);

	if (!file)
		return;
	/* Of an event all lines are shown; its time stands in front of it. */
	uint32_t from = line_begin(file, lines.begin - file->base), to = lines.end - file->base;
	bool event = line.begin >= file->base && line.end - file->base <= file->length &&
	             from >= line_begin(file, line.begin - file->base) && lines.begin < line.end;
	if (event)
		from = line_begin(file, line.begin - file->base), to = line.end - file->base;
	to += (uint32_t)strcspn(file->text + to, "\n");
	const char *text = edited_text(edits, file, from, to, work->arena);
	struct finding *fix = add(work, FINDING_FIX, "fix", text);
	if (belongs_elsewhere(work, text, file, from))
		fix->note = note_of_fix(work, line_before_seen(work), "behind ");
	else if (!event || file->base != work->test->home.text->base)
		fix->note = note_of_fix(work, lines, "");
}

static void add_fix(struct findings_in_work *work)
{
	const struct edits *seen = &work->evidence->edits;
	struct edits *edits;

	if (work->verdict->kind != VERDICT_FAIL || !work->test->home.text || !seen->count ||
	    seen->count > EDITS_MAX || seen->hopeless)
		return;
	edits = arena_memdup(work->arena, seen, sizeof(*seen));
	for (size_t i = 0; i < edits->count; i++)
		if (edits->list[i].kind == EDIT_LINE) {
			add_new_line(work, &edits->list[i]);
			return;
		}
	add_changed_lines(work, edits);
}

/* ---- the test ---- */

static void add_known(struct findings_in_work *work)
{
	const struct report_known *known = work->test->known;

	if (known)
		add(work, FINDING_KNOWN, "known",
		    arena_printf(work->arena, "%s%s%s", known->reason ? known->reason : "",
		                 known->link ? ", " : "", known->link ? known->link : ""));
}

/* Earlier tries, what is kept of the test, and how to play it again. */
static void add_circumstances(struct findings_in_work *work)
{
	const struct report_test *test = work->test;

	add_known(work);
	if (test->tries > 1)
		add(work, FINDING_TRIES, "tries",
		    arena_printf(work->arena, "%u%s%s", test->tries,
		                 test->before ? ", the one before was " : "",
		                 test->before ? test->before : ""));
	if (test->artifacts)
		add(work, FINDING_KEPT, "kept in", test->artifacts);
	if (test->rerun)
		add(work, FINDING_AGAIN, "again", test->rerun);
}

/* ---- one line ---- */

/*
 * Wanted and seen look the same when the difference is not in a segment's text. Then the field is
 * added.
 */
static const char *other_field(struct findings_in_work *work)
{
	static const char *const shown[] = { "flags",  "seq",   "length",   "ack",    "window",
		                             "urgent", "ports", "protocol", "options" };
	const struct mismatches *all = &work->evidence->mismatches;

	for (size_t i = 0; i < all->count && i < MISMATCHES_MAX; i++) {
		const struct mismatch *mismatch = &all->list[i];

		if (mismatch->field && !TEXT_IS_IN(mismatch->field, shown))
			return arena_printf(
				work->arena, "; %s wanted %.*s, seen %.*s", mismatch->field,
				(int)strnlen(mismatch->want, MISMATCH_TEXT), mismatch->want,
				(int)strnlen(mismatch->seen, MISMATCH_TEXT), mismatch->seen);
	}
	return "";
}

/* "R. 1:1(0) ack 101 (abort by RST|ACK)" */
static const char *seen_in_short(struct findings_in_work *work)
{
	const char *class = class_of_seen(work), *seen = text_of_seen(work);

	return *class ? arena_printf(work->arena, "%s (%.*s)", seen,
	                             (int)strnlen(class, CLASSIFIED_TEXT), class)
	              : seen;
}

/* What the evidence says in a line. About a segment, this is more than the reason. */
static const char *evidence_in_short(struct findings_in_work *work)
{
	const struct evidence *evidence = work->evidence;
	const char *reason = kept_text(work, evidence->reason, VERDICT_TEXT);

	if (evidence->has_want && !evidence->has_seen)
		return arena_printf(work->arena, "wanted %s, seen nothing until %.4f s",
		                    text_of_want(work), seconds(time_of_end(work)));
	if (!evidence->has_seen)
		return reason;
	if (evidence->has_want && evidence->mismatches.count)
		return arena_printf(work->arena, "wanted %s, seen %s%s", text_of_want(work),
		                    seen_in_short(work), other_field(work));
	return arena_printf(work->arena, "%s: %s", reason, seen_in_short(work));
}

static const char *summary_of_failure(struct findings_in_work *work)
{
	const char *reason = kept_text(work, work->verdict->reason, VERDICT_TEXT);
	const char *evidence;

	if (work->verdict->kind == VERDICT_NONE)
		return reason;
	evidence = evidence_in_short(work);
	/* The judge has added something. */
	return strncmp(work->verdict->reason, work->evidence->reason, VERDICT_TEXT) && *reason
	               ? arena_printf(work->arena, "%s%s%s", reason, *evidence ? ": " : "",
	                              evidence)
	               : evidence;
}

static const char *known_in_short(struct findings_in_work *work, const char *before)
{
	const struct report_known *known = work->test->known;

	return arena_printf(work->arena, "%s%s%s%s%s", before, known->reason ? known->reason : "",
	                    known->link ? " (" : "", known->link ? known->link : "",
	                    known->link ? ")" : "");
}

static const char *summary(struct findings_in_work *work)
{
	const struct report_test *test = work->test;
	enum verdict_kind kind = work->verdict->kind;

	if (test->flaky)
		return arena_printf(work->arena, "passed on try %u, after %s", test->tries,
		                    test->before ? test->before : "a failure");
	if (kind == VERDICT_XPASS)
		return test->known ? known_in_short(work, "passed, although a bug is known: ")
		                   : "passed, although a bug is known";
	if (kind == VERDICT_XFAIL && test->known)
		return known_in_short(work, "");
	return kind == VERDICT_PASS ? "" : summary_of_failure(work);
}

/* The findings below say the rest. */
static const char *reason(struct findings_in_work *work)
{
	switch (work->verdict->kind) {
	case VERDICT_NONE:
		return "the test process ended without a verdict";
	case VERDICT_XPASS:
		return work->findings->summary;
	default:
		return *work->verdict->reason ? kept_text(work, work->verdict->reason, VERDICT_TEXT)
		                              : "no reason is given";
	}
}

/* ---- all findings ---- */

static void locate(struct findings_in_work *work)
{
	const struct trace *trace = &work->evidence->trace;
	struct findings *findings = work->findings;
	size_t kept = trace_kept(trace);
	const struct event *last = kept ? trace_get(trace, kept - 1) : NULL;

	findings->range = work->verdict->where.end ? work->verdict->where : work->verdict->line;
	/* A child that died could not say where it was, but its last event tells. */
	if (!findings->range.end && work->verdict->kind == VERDICT_NONE && last)
		findings->range = last->where;
	findings->located =
		work->test->sources && findings->range.end &&
		sources_locate(work->test->sources, findings->range.begin, &findings->location);
}

static void choose_events(struct findings_in_work *work)
{
	struct findings *findings = work->findings;
	const struct evidence *evidence = work->evidence;
	enum verdict_kind kind = work->verdict->kind;

	if (kind != VERDICT_NONE && evidence->has_want && !evidence->has_seen)
		findings->missing = text_of_want(work);
	findings->missing_at = evidence->at;
	findings->events =
		kind != VERDICT_SKIP && (trace_kept(&evidence->trace) || findings->missing);
}

/* Other parts of what a dead child wrote may be incomplete. */
static void add_death(struct findings_in_work *work)
{
	add(work, FINDING_DEATH, "",
	    *work->verdict->reason ? kept_text(work, work->verdict->reason, VERDICT_TEXT)
	                           : "how it ended is not known");
}

static void add_evidence(struct findings_in_work *work)
{
	if (*work->verdict->detail)
		add(work, FINDING_DETAIL, "", kept_text(work, work->verdict->detail, VERDICT_TEXT));
	add_wanted_and_seen(work);
	add_parts(work);
	add_fields(work);
	add_class(work);
	add_state(work);
	add_counters(work);
	add_fates(work);
	add_fix(work);
	if (*work->evidence->left_out)
		add(work, FINDING_LEFT_OUT, "left out",
		    kept_text(work, work->evidence->left_out, VERDICT_TEXT));
	add_harness(work);
	add_let_pass(work);
}

struct findings *findings_new(const struct report_test *test)
{
	struct arena *arena = arena_new();
	struct findings *findings = arena_alloc(arena, sizeof(*findings));
	struct findings_in_work work = {
		findings, arena, test, test->verdict, test->verdict->evidence,
	};

	findings->arena = arena;
	findings->about = verdict_event(test->verdict);
	if (test->verdict->kind == VERDICT_NONE)
		add_death(&work);
	else
		add_evidence(&work);
	if (test->printed && *test->printed)
		add(&work, FINDING_PRINTED, "printed", test->printed);
	add_circumstances(&work);
	findings->summary = summary(&work);
	findings->reason = reason(&work);
	locate(&work);
	choose_events(&work);
	return findings;
}

void findings_free(struct findings *findings)
{
	arena_free(findings->arena);
}
