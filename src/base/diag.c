#include "base/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct record {
	struct diag_message message;
	const struct diag_hint **hints_end;
};

struct diag {
	struct arena *arena;
	const struct sources *sources;
	/* How many were reported; at most DIAG_MAX_ERRORS of each kind are in `records`. */
	unsigned count[DIAG_KINDS];
	unsigned kept;
	/* Whether the message that was reported last is in `records`: hints belong to it. */
	bool newest_kept;
	struct record records[DIAG_KINDS * DIAG_MAX_ERRORS];
};

struct diag *diag_new(struct arena *arena, const struct sources *sources)
{
	struct diag *diag = arena_alloc(arena, sizeof(*diag));

	diag->arena = arena;
	diag->sources = sources;
	return diag;
}

static void report(struct diag *diag, enum diag_kind kind, struct range where, const char *format,
                   va_list args)
{
	struct record *record;

	diag->newest_kept = diag->count[kind]++ < DIAG_MAX_ERRORS;
	if (!diag->newest_kept)
		return;
	record = &diag->records[diag->kept++];
	record->message.kind = kind;
	record->message.where = where;
	record->message.text = arena_vprintf(diag->arena, format, args);
	record->hints_end = &record->message.hints;
}

void diag_error(struct diag *diag, struct range where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(diag, DIAG_ERROR, where, format, args);
	va_end(args);
}

void diag_warning(struct diag *diag, struct range where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(diag, DIAG_WARNING, where, format, args);
	va_end(args);
}

void diag_hint(struct diag *diag, const char *format, ...)
{
	struct record *record;
	struct diag_hint *hint;
	va_list args;

	if (!diag->newest_kept)
		return;
	record = &diag->records[diag->kept - 1];
	hint = arena_alloc(diag->arena, sizeof(*hint));
	va_start(args, format);
	hint->text = arena_vprintf(diag->arena, format, args);
	va_end(args);
	*record->hints_end = hint;
	record->hints_end = &hint->next;
}

unsigned diag_error_count(const struct diag *diag)
{
	return diag->count[DIAG_ERROR];
}

unsigned diag_warning_count(const struct diag *diag)
{
	return diag->count[DIAG_WARNING];
}

const char *diag_first(const struct diag *diag, struct range *where)
{
	for (unsigned i = 0; i < diag->kept; i++)
		if (diag->records[i].message.kind == DIAG_ERROR) {
			*where = diag->records[i].message.where;
			return diag->records[i].message.text;
		}
	return NULL;
}

static bool same_message(const struct diag_message *a, const struct diag_message *b)
{
	return a->kind == b->kind && a->where.begin == b->where.begin && !strcmp(a->text, b->text);
}

bool diag_same(const struct diag *a, const struct diag *b)
{
	unsigned same = 0;

	if (memcmp(a->count, b->count, sizeof(a->count)))
		return false;
	while (same < a->kept && same_message(&a->records[same].message, &b->records[same].message))
		same++;
	return same == a->kept;
}

/* Of two messages at the same place, the one that was reported first comes first. */
static int compare_messages(const void *left, const void *right)
{
	const struct diag_message *const *a = left, *const *b = right;

	if ((*a)->where.begin != (*b)->where.begin)
		return (*a)->where.begin < (*b)->where.begin ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

unsigned diag_list(const struct diag *diag, const struct diag_message **list)
{
	for (unsigned i = 0; i < diag->kept; i++)
		list[i] = &diag->records[i].message;
	qsort(list, diag->kept, sizeof(list[0]), compare_messages);
	return diag->kept;
}

/* The name of a file may hold any byte, also one that controls the terminal. */
static void print_plain(const char *text, FILE *out)
{
	for (; *text; text++)
		fputc((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text, out);
}

static const char *const kind_names[] = {
	[DIAG_ERROR] = "error",
	[DIAG_WARNING] = "warning",
};

static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == DIAG_KINDS, "each kind has a name");

static void print_message(const struct diag *diag, const struct diag_message *message, FILE *out)
{
	struct location at;

	if (sources_locate(diag->sources, message->where.begin, &at)) {
		print_plain(at.path, out);
		fprintf(out, ":%u:%u: ", at.line, at.column);
	}
	fprintf(out, "%s: ", kind_names[message->kind]);
	print_plain(message->text, out);
	fputc('\n', out);
	sources_print_excerpt(diag->sources, message->where, out);
	for (const struct diag_hint *hint = message->hints; hint; hint = hint->next)
		fprintf(out, "  hint: %s\n", hint->text);
}

void diag_print(const struct diag *diag, FILE *out)
{
	const struct diag_message *list[DIAG_KINDS * DIAG_MAX_ERRORS];
	unsigned count = diag_list(diag, list);

	for (unsigned i = 0; i < count; i++)
		print_message(diag, list[i], out);
	for (unsigned kind = 0; kind < DIAG_KINDS; kind++)
		if (diag->count[kind] > DIAG_MAX_ERRORS)
			fprintf(out, "%u more %s%s\n", diag->count[kind] - DIAG_MAX_ERRORS,
			        kind_names[kind],
			        diag->count[kind] > DIAG_MAX_ERRORS + 1 ? "s" : "");
}
