#include "suite/describe.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/suggest.h"
#include "suite/suite.h"
#include "verdict/classes.h"
#include "verdict/counter_words.h"

enum { COLUMN = 10, WIDTH = 90 };

/* Prints "Word      text", in lines of at most WIDTH; nothing when there is no text. */
static void print_lines(FILE *out, const char *word, const char *text)
{
	int at = *text ? fprintf(out, "%-*s", COLUMN, word) : 0;
	bool first = true;

	for (size_t length; *text; text += length, text += strspn(text, " ")) {
		length = strcspn(text, " ");
		if (!first && at + 1 + (int)length > WIDTH)
			at = fprintf(out, "\n%*s", COLUMN, "") - 1, first = true;
		at += fprintf(out, "%s%.*s", first ? "" : " ", (int)length, text);
		first = false;
	}
	if (at)
		fputc('\n', out);
}

/* What a counter counts, in the words of a report; "" when the name says it all. */
static const char *counter_meaning(const char *name)
{
	const struct counter_row *row;

	for (size_t i = 0; (row = counter_row(i)); i++)
		if (!strcmp(row->name, name))
			return row->text;
	return "";
}

/* Prints a line for each counter. */
static void print_counters(FILE *out, const char *names)
{
	struct arena *arena = arena_new();
	const char *word = "counters";

	for (size_t length; *names; names += length, names += strspn(names, " "), word = "") {
		length = strcspn(names, " ");
		const char *name = arena_strndup(arena, names, length);
		const char *meaning = counter_meaning(name);

		print_lines(out, word,
		            arena_printf(arena, "%s%s%s", name, *meaning ? ": " : "", meaning));
	}
	arena_free(arena);
}

/* "..." stands for what differs between segments. */
static void print_words(FILE *out, const char *words)
{
	for (; *words; words++)
		if (*words == '*')
			fputs("...", out);
		else
			fputc(*words, out);
	fputc('\n', out);
}

static void print_class(FILE *out, const struct class_row *row)
{
	fprintf(out, "%s: ", row->name);
	print_words(out, row->words);
	print_lines(out, "", row->meaning);
	print_lines(out, "document", row->clause);
	print_lines(out, "Linux", row->function);
	print_counters(out, row->counters);
}

static void print_list(FILE *out)
{
	for (enum segment_class class = CLASS_NONE + 1; class < SEGMENT_CLASSES; class ++) {
		fprintf(out, "  %-30s", class_row(class)->name);
		print_words(out, class_row(class)->words);
	}
}

static void refuse(const char *text)
{
	struct suggestion near = { .wanted = text };

	for (enum segment_class class = CLASS_NONE + 1; class < SEGMENT_CLASSES; class ++)
		suggest_offer(&near, class_row(class)->name);
	fprintf(stderr, "no segment is called '%s'", text);
	if (near.best)
		fprintf(stderr, "; did you mean %s?\n", near.best);
	else
		fprintf(stderr, "; --explain lists all names\n");
}

/* In a report, an article may stand before the words. */
static const char *without_article(const char *text)
{
	if (!strncmp(text, "a ", 2))
		return text + 2;
	return strncmp(text, "an ", 3) ? text : text + 3;
}

int describe_class(const char *text, FILE *out)
{
	enum segment_class class = class_find(without_article(text));

	if (*text && class == CLASS_NONE) {
		refuse(text);
		return SUITE_BAD_SCRIPT;
	}
	if (*text)
		print_class(out, class_row(class));
	else
		print_list(out);
	return fflush(out) == 0 ? SUITE_PASSED : SUITE_FAULT;
}
