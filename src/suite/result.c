#include "suite/result.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* ---- pieces ---- */

/* Reading or writing: both go the same way through the fields. */
struct passage {
	FILE *file;
	struct arena *arena; /* for what is read; NULL: it is written */
	bool broken;
};

static void pass(struct passage *passage, void *bytes, size_t length)
{
	size_t passed = passage->arena ? fread(bytes, 1, length, passage->file)
	                               : fwrite(bytes, 1, length, passage->file);

	passage->broken |= passed != length;
}

/* The `length` bytes that a pointer points to, or NULL. */
static void pass_bytes(struct passage *passage, const void **bytes, size_t length)
{
	bool there = *bytes != NULL;

	pass(passage, &there, sizeof(there));
	if (passage->arena)
		*bytes = there && !passage->broken ? arena_alloc(passage->arena, length) : NULL;
	if (*bytes)
		pass(passage, (void *)*bytes, length);
}

static void pass_text(struct passage *passage, const char **text)
{
	size_t length = !passage->arena && *text ? strlen(*text) + 1 : 0;

	pass(passage, &length, sizeof(length));
	passage->broken |= length > 1 << 20;
	if (length)
		pass_bytes(passage, (const void **)text, passage->broken ? 0 : length);
	else
		*text = NULL;
}

/* ---- the evidence ---- */

/* A pointer into the memory of a child has no meaning after its end. No report uses it. */
static void drop_pointers(struct segment *segment)
{
	segment->payload = segment->outer = NULL;
	segment->payload_captured = segment->outer_length = 0;
}

static void pass_want(struct passage *passage, struct packet_want *want)
{
	drop_pointers(&want->segment);
	pass_bytes(passage, (const void **)&want->options, sizeof(*want->options));
	pass_bytes(passage, (const void **)&want->where,
	           (size_t)__builtin_popcount(want->written) * sizeof(*want->where));
	want->alternative = NULL;
}

static void pass_trace(struct passage *passage, struct trace *trace)
{
	pass(passage, &trace->count, sizeof(trace->count));
	size_t kept = trace_kept(trace);
	for (size_t i = 0; i < kept && !passage->broken; i++) {
		struct event *event = &trace->events[i];

		pass(passage, event, sizeof(*event));
		drop_pointers(&event->segment);
	}
}

static void pass_edits(struct passage *passage, struct edits *edits)
{
	pass(passage, edits, offsetof(struct edits, list));
	if (edits->count > EDITS_MAX)
		edits->count = 0, passage->broken = true;
	pass(passage, edits->list, edits->count * sizeof(*edits->list));
}

static void pass_evidence(struct passage *passage, struct evidence *evidence)
{
	pass(passage, evidence, offsetof(struct evidence, trace));
	for (size_t i = 0; i < evidence->mismatches.count && i <= MISMATCHES_MAX; i++)
		pass_text(passage, &evidence->mismatches.list[i].field);
	pass_want(passage, &evidence->want);
	drop_pointers(&evidence->seen);
	pass_trace(passage, &evidence->trace);
	pass_edits(passage, &evidence->edits);
}

/* ---- the test ---- */

static void pass_known(struct passage *passage, struct test *test)
{
	struct report_known known = test->known ? *test->known : (struct report_known){ 0 };

	pass_text(passage, &known.reason);
	pass_text(passage, &known.link);
	if (passage->arena && known.reason)
		test->known = arena_memdup(passage->arena, &known, sizeof(known));
}

static void pass_test(struct passage *passage, struct test *test)
{
	pass(passage, &test->tries, sizeof(test->tries));
	pass(passage, &test->failures, sizeof(test->failures));
	pass(passage, &test->late, sizeof(test->late));
	pass(passage, &test->cut_short, sizeof(test->cut_short));
	pass(passage, &test->wall, sizeof(test->wall));
	pass_text(passage, &test->before);
	pass_text(passage, &test->printed);
	pass_known(passage, test);
	pass(passage, test->verdict, offsetof(struct verdict, evidence));
	pass_evidence(passage, test->evidence);
}

bool result_write(const struct test *test, const char *path)
{
	struct passage passage = { .file = fopen(path, "we") };
	struct test copy = *test;

	if (!passage.file)
		return false;
	pass_test(&passage, &copy);
	passage.broken |= fclose(passage.file) != 0;
	return !passage.broken;
}

bool result_read(struct test *test, const char *path)
{
	struct passage passage = { .file = fopen(path, "re"), .arena = test->arena };
	struct test copy = *test;

	if (!passage.file)
		return false;
	pass_test(&passage, &copy);
	passage.broken |= getc(passage.file) != EOF;
	fclose(passage.file);
	if (!passage.broken)
		*test = copy;
	return !passage.broken;
}
