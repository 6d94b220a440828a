#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct hint {
	const char *text;
	struct hint *next;
};

struct record {
	struct range where;
	const char *message;
	struct hint *hints, **hints_end;
};

struct diag {
	struct arena *arena;
	const struct sources *sources;
	unsigned count; /* those beyond DIAG_MAX_ERRORS are not in `records` */
	struct record records[DIAG_MAX_ERRORS];
};

struct diag *diag_new(struct arena *arena, const struct sources *sources)
{
	struct diag *diag = arena_alloc(arena, sizeof(*diag));

	diag->arena = arena;
	diag->sources = sources;
	return diag;
}

void diag_error(struct diag *diag, struct range where, const char *format, ...)
{
	struct record *record;
	va_list args;

	if (diag->count++ >= DIAG_MAX_ERRORS)
		return;
	record = &diag->records[diag->count - 1];
	record->where = where;
	record->hints_end = &record->hints;
	va_start(args, format);
	record->message = arena_vprintf(diag->arena, format, args);
	va_end(args);
}

void diag_hint(struct diag *diag, const char *format, ...)
{
	struct record *record;
	struct hint *hint;
	va_list args;

	if (diag->count == 0 || diag->count > DIAG_MAX_ERRORS)
		return;
	record = &diag->records[diag->count - 1];
	hint = arena_alloc(diag->arena, sizeof(*hint));
	va_start(args, format);
	hint->text = arena_vprintf(diag->arena, format, args);
	va_end(args);
	*record->hints_end = hint;
	record->hints_end = &hint->next;
}

unsigned diag_error_count(const struct diag *diag)
{
	return diag->count;
}

const char *diag_first(const struct diag *diag, struct range *where)
{
	if (diag->count == 0)
		return NULL;
	*where = diag->records[0].where;
	return diag->records[0].message;
}

static unsigned kept(const struct diag *diag)
{
	return diag->count < DIAG_MAX_ERRORS ? diag->count : DIAG_MAX_ERRORS;
}

bool diag_same(const struct diag *a, const struct diag *b)
{
	unsigned same = 0;

	if (a->count != b->count)
		return false;
	while (same < kept(a) && a->records[same].where.begin == b->records[same].where.begin &&
	       !strcmp(a->records[same].message, b->records[same].message))
		same++;
	return same == kept(a);
}

/* A name of a file may hold anything, also what steers a terminal. */
static void print_plain(const char *text, FILE *out)
{
	for (; *text; text++)
		fputc((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text, out);
}

static void print_record(const struct diag *diag, const struct record *record, FILE *out)
{
	struct location at;

	if (sources_locate(diag->sources, record->where.begin, &at)) {
		print_plain(at.path, out);
		fprintf(out, ":%u:%u: ", at.line, at.column);
	}
	fputs("error: ", out);
	print_plain(record->message, out);
	fputc('\n', out);
	sources_print_excerpt(diag->sources, record->where, out);
	for (const struct hint *hint = record->hints; hint; hint = hint->next)
		fprintf(out, "  hint: %s\n", hint->text);
}

/* Of errors at the same place, the one reported first comes first. */
static int compare_records(const void *left, const void *right)
{
	const struct record *const *a = left, *const *b = right;

	if ((*a)->where.begin != (*b)->where.begin)
		return (*a)->where.begin < (*b)->where.begin ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

void diag_print(const struct diag *diag, FILE *out)
{
	unsigned count = kept(diag);
	const struct record *sorted[DIAG_MAX_ERRORS];

	for (unsigned i = 0; i < count; i++)
		sorted[i] = &diag->records[i];
	qsort(sorted, count, sizeof(sorted[0]), compare_records);
	for (unsigned i = 0; i < count; i++)
		print_record(diag, sorted[i], out);
	if (diag->count > count)
		fprintf(out, "%u more error%s\n", diag->count - count,
		        diag->count - count > 1 ? "s" : "");
}
