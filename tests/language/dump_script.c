/*
 * Prints what becomes of a script, for tests/language.sh: its tree, a node on each line, or its
 * errors. With -c it also tells whether it compiles, and with -l it also prints the warnings of the
 * lint.
 *
 *         dump_script [-c|-l] [-4|-6|-m] [-z] [-r ROW] [-D NAME=VALUE] FILE
 *
 * -6 and -m compile for ipv6 and ipv4-mapped-ipv6; -z removes the last newline of the text; -r
 * takes another row of a table of cases than the first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program/compile.h"
#include "program/lint.h"
#include "program/vocabulary.h"
#include "script/cases.h"
#include "script/parse.h"

struct request {
	bool compile, chop, lint;
	enum ip_version ip_version;
	size_t row;
	struct defines defines;
	const char *path;
};

static void add_row(const struct source_text *text, size_t row, struct arena *arena,
                    struct diag *diag, struct defines *defines)
{
	struct case_table table;

	if (cases_read(text, arena, diag, &table) && vocabulary_check_columns(&table, diag) &&
	    row < table.row_count)
		cases_define(&table, row, arena, defines);
}

/*
 * Prints the tree or, when it was compiled, the number of steps. Returns false when there are
 * errors.
 */
static bool parse_and_compile(struct request *request, struct sources *sources,
                              const struct source_text *text, struct arena *arena,
                              struct diag *diag)
{
	struct script *script;
	struct settings settings;
	struct program *program;

	add_row(text, request->row, arena, diag, &request->defines);
	bool good = parse_script(arena, sources, text, &request->defines, diag, &script);
	if (request->compile) {
		settings_init(&settings, false);
		good &= compile_settings(script, arena, diag, &settings);
		settings.ip_version = request->ip_version;
		good &= compile_script(script, &settings, arena, diag, &program);
	}
	good &= diag_error_count(diag) == 0;
	if (good && request->lint)
		lint_program(program, program->count, sources, arena, diag);
	if (good && request->compile)
		printf("%zu step%s\n", program->count, program->count == 1 ? "" : "s");
	else if (good)
		script_dump(script, stdout);
	return good;
}

static int dump(struct request *request, struct arena *arena)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const char *why;
	const struct source_text *text = sources_read(sources, request->path, &why);

	if (text && request->chop && text->length)
		text = sources_add(sources, request->path, text->text, text->length - 1);
	if (!text) {
		fprintf(stderr, "%s: %s\n", request->path, why);
		return 99;
	}
	bool good = parse_and_compile(request, sources, text, arena, diag);
	/* Refusing a text without an error is a fault of ours. */
	if (!good && !diag_error_count(diag))
		puts("refused without a message");
	if (good && diag_error_count(diag))
		puts("accepted with errors");
	diag_print(diag, stdout);
	return 0;
}

static bool read_arguments(struct request *request, struct arena *arena, int argc, char **argv)
{
	for (int letter; (letter = getopt(argc, argv, "cl46mzr:D:")) != -1;)
		switch (letter) {
		case 'c':
			request->compile = true;
			break;
		case 'l':
			request->compile = request->lint = true;
			break;
		case '4':
			request->ip_version = IP_V4;
			break;
		case '6':
			request->ip_version = IP_V6;
			break;
		case 'm':
			request->ip_version = IP_V4_MAPPED;
			break;
		case 'z':
			request->chop = true;
			break;
		case 'r':
			request->row = (size_t)atoi(optarg);
			break;
		case 'D':
			if (!defines_add(&request->defines, arena, optarg, true))
				return false;
			break;
		default:
			return false;
		}
	request->path = argv[optind];
	return argc == optind + 1;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct request request = { .ip_version = IP_V4 };
	int status = 99;

	if (read_arguments(&request, arena, argc, argv))
		status = dump(&request, arena);
	else
		fprintf(stderr, "usage: %s [-c] [-4|-6|-m] [-z] [-r ROW] [-D NAME=VALUE] FILE\n",
		        argv[0]);
	arena_free(arena);
	return status;
}
