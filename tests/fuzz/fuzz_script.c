/*
 * Any text may be given as a script. It is parsed, and compiled for each address family. No file is
 * read, whatever it includes. A text must be refused exactly when there is a message. Laid out, it
 * must mean the same.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program/compile.h"
#include "script/cases.h"
#include "script/laid_out.h"
#include "script/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void choose_case(const struct source_text *text, size_t row, struct arena *arena,
                        struct diag *diag, struct defines *defines)
{
	struct case_table table;
	unsigned errors = diag_error_count(diag);
	bool good = cases_read(text, arena, diag, &table);

	require(good == (diag_error_count(diag) == errors));
	if (good && table.row_count > 0)
		cases_define(&table, row % table.row_count, arena, defines);
}

static void compile_for(enum ip_version ip_version, const struct script *script,
                        struct settings settings, struct arena *arena, struct diag *diag)
{
	struct program *program;
	unsigned errors = diag_error_count(diag);

	settings.ip_version = ip_version;
	bool good = compile_script(script, &settings, arena, diag, &program);
	require(good == (diag_error_count(diag) == errors));
	for (size_t i = 0; good && i < program->count; i++)
		require(program->steps[i].where.end > program->steps[i].where.begin);
}

static void parse_and_compile(struct arena *arena, const char *bytes, size_t size, FILE *out)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct source_text *text = sources_add(sources, "fuzz.pkt", bytes, size);
	struct defines defines = { .first = NULL };
	struct settings settings;
	struct script *script;

	if (!text)
		return;
	sources_seal(sources);
	choose_case(text, size, arena, diag, &defines);
	unsigned errors = diag_error_count(diag);
	bool good = parse_script(arena, sources, text, &defines, diag, &script);
	require(good == (diag_error_count(diag) == errors));
	settings_init(&settings, size & 1);
	errors = diag_error_count(diag);
	good = compile_settings(script, arena, diag, &settings);
	require(good == (diag_error_count(diag) == errors));
	for (int version = IP_V4; version < IP_VERSIONS; version++)
		compile_for((enum ip_version)version, script, settings, arena, diag);
	script_dump(script, out);
	diag_print(diag, out);
}

/*
 * A text that parses can be laid out. Then it means the same, and laying it out again does not
 * change it.
 */
static void lay_out(struct arena *arena, const char *bytes, size_t size)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct source_text *text = sources_add(sources, "fuzz.pkt", bytes, size);
	struct defines defines = { .first = NULL };

	if (!text)
		return;
	sources_seal(sources);
	const char *form = laid_out(text, &defines, sources, arena, diag);
	require((form == NULL) == (diag_error_count(diag) > 0));
	text = form ? sources_add(sources, "fuzz.pkt", form, strlen(form)) : NULL;
	if (!text)
		return;
	const char *again = laid_out(text, &defines, sources, arena, diag);
	require(again && !strcmp(again, form));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *out;
	struct arena *arena = arena_new();

	if (!out)
		out = fopen("/dev/null", "w");
	require(out != NULL);
	parse_and_compile(arena, (const char *)data, size, out);
	lay_out(arena, (const char *)data, size);
	arena_free(arena);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif
