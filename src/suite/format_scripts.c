#include "suite/format_scripts.h"

#include <string.h>

#include "base/diag.h"
#include "base/save.h"
#include "base/source.h"
#include "script/laid_out.h"
#include "suite/suite.h"

static int fulfil(const struct source_text *text, const char *form, enum format_wish wish,
                  FILE *out)
{
	bool differs = strcmp(form, text->text);

	if (wish == FORMAT_SHOW)
		fputs(form, out);
	else if (wish == FORMAT_CHECK && differs)
		fprintf(out, "%s\n", text->path);
	else if (wish == FORMAT_WRITE && differs && !save_text(text->path, form)) {
		save_failed(text->path, stderr);
		return SUITE_BAD_SCRIPT;
	}
	return differs && wish == FORMAT_CHECK ? SUITE_FAILED : SUITE_PASSED;
}

static int refuse(const char *path, const struct diag *diag)
{
	if (diag_error_count(diag)) {
		diag_print(diag, stderr);
		return SUITE_BAD_SCRIPT;
	}
	fprintf(stderr,
	        "%s: in the usual form it would mean something else, so it is left as it is\n",
	        path);
	return SUITE_FAULT;
}

static int format_one(const char *path, enum format_wish wish, const struct defines *given,
                      FILE *out)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const char *why = NULL, *form = NULL;
	int status = SUITE_BAD_SCRIPT;
	const struct source_text *text = sources_read(sources, path, &why);

	if (text)
		form = laid_out(text, given, sources, arena, diag);
	if (!text)
		fprintf(stderr, "%s: %s\n", path, why);
	else
		status = form ? fulfil(text, form, wish, out) : refuse(path, diag);
	arena_free(arena);
	return status;
}

int format_scripts(const struct script_paths *scripts, enum format_wish wish,
                   const struct defines *given, FILE *out)
{
	int worst = SUITE_PASSED;

	for (const struct script_path *path = scripts->first; path; path = path->next) {
		int status = format_one(path->path, wish, given, out);

		worst = status > worst ? status : worst;
	}
	return fflush(out) == 0 ? worst : SUITE_FAULT;
}
