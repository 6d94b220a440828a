/*
 * Checks the form of scripts and the printing of trees, for tests/form.sh: prints what is wrong, a
 * line each, and "N parsed" at the end. For each FILE:
 *
 * - it is in its form, and stays as it is when it is laid out again;
 * - laid out or not, only blanks differ, and the tree is the same;
 * - its tree, printed and parsed again, is the same.
 *
 * -s: the files need not be in their form. A file that includes others expect (it uses words that
 * they define) does not parse alone; of that only the form is looked at.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/ast.h"
#include "script/cases.h"
#include "script/layout.h"
#include "script/parse.h"
#include "script/print.h"

enum { ACTIONS_AT = 6 };

/* A text, and what becomes of it. Everything is in the arena. */
struct trial {
	struct arena *arena;
	const char *path, *text;
	struct case_table table;
	const char *tree;    /* the dump of its tree; NULL: it does not parse */
	const char *printed; /* its tree, printed as text */
};

typedef void printer(const struct script *script, FILE *out);

static void print_at_column(const struct script *script, FILE *out)
{
	print_script(script, ACTIONS_AT, out);
}

static const char *printed_by(printer *print, const struct script *script, struct arena *arena)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	print(script, out);
	fclose(out);
	const char *copy = arena_strdup(arena, text);
	free(text);
	return copy;
}

static void try(struct trial *trial, const char *text)
{
	struct sources *sources = sources_new(trial->arena);
	struct diag *diag = diag_new(trial->arena, sources);
	struct defines defines = { .first = NULL };
	struct script *script;
	const struct source_text *source = sources_add(sources, trial->path, text, strlen(text));

	trial->text = source->text;
	trial->tree = trial->printed = NULL;
	if (!cases_read(source, trial->arena, diag, &trial->table))
		return;
	if (trial->table.row_count)
		cases_define(&trial->table, 0, trial->arena, &defines);
	if (!parse_script(trial->arena, sources, source, &defines, diag, &script))
		return;
	trial->tree = printed_by(script_dump, script, trial->arena);
	trial->printed = printed_by(print_at_column, script, trial->arena);
}

static const char *layout_of(struct trial *trial, const char *text)
{
	struct sources *sources = sources_new(trial->arena);
	struct diag *diag = diag_new(trial->arena, sources);
	const struct source_text *source = sources_add(sources, trial->path, text, strlen(text));
	struct case_table table;

	return cases_read(source, trial->arena, diag, &table)
	               ? layout_script(source, &table, trial->arena)
	               : text;
}

static bool same_but_blanks(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (isspace((unsigned char)*a))
			a++;
		while (isspace((unsigned char)*b))
			b++;
		if (*a != *b || !*a)
			return *a == *b;
	}
}

static bool same_tree(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* Prints the first line of `b` that differs. */
static void show_difference(const char *path, const char *what, const char *a, const char *b)
{
	size_t i = 0;

	for (; a && b && a[i] && a[i] == b[i]; i++)
		;
	while (i && b && b[i - 1] != '\n')
		i--;
	printf("%s: %s: %.*s\n", path, what, b ? (int)strcspn(b + i, "\n") : 0, b ? b + i : "");
}

static bool check(const char *path, const char *text, bool strict)
{
	struct trial first = { .arena = arena_new(), .path = path }, other = first;
	const char *laid_out = layout_of(&first, text), *again = layout_of(&first, laid_out);
	bool parsed;

	try(&first, text);
	if (strict && strcmp(laid_out, text))
		show_difference(path, "is not in its form (see --format_script)", text, laid_out);
	if (strcmp(again, laid_out))
		show_difference(path, "is laid out in another way again", laid_out, again);
	if (!same_but_blanks(text, laid_out))
		show_difference(path, "more than blanks differ when it is laid out", text,
		                laid_out);
	parsed = first.tree;
	if (parsed) {
		try(&other, laid_out);
		if (!same_tree(first.tree, other.tree))
			show_difference(path, "another tree when it is laid out", first.tree,
			                other.tree);
		try(&other, first.printed);
		if (!same_tree(first.tree, other.tree))
			show_difference(path, "another tree when it is printed", first.tree,
			                other.tree ? other.tree : first.printed);
	}
	arena_free(first.arena);
	return parsed;
}

static char *read_file(const char *path)
{
	static char bytes[1 << 20];
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(bytes, 1, sizeof(bytes) - 1, file) : 0;

	bytes[length] = '\0';
	if (!file || !length)
		printf("%s: cannot be read\n", path);
	if (file)
		fclose(file);
	return bytes;
}

int main(int argc, char **argv)
{
	bool strict = true;
	unsigned parsed = 0;

	for (int letter; (letter = getopt(argc, argv, "s")) != -1;)
		strict = false;
	for (int i = optind; i < argc; i++)
		parsed += check(argv[i], read_file(argv[i]), strict);
	printf("%u parsed\n", parsed);
	return 0;
}
