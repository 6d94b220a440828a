#include "editor/form.h"

#include <string.h>

#include "editor/position.h"
#include "script/laid_out.h"

/* An edit that replaces the whole text. Editors keep the cursor in its place by themselves. */
static json_t *edit_of_all(const char *old, const char *form)
{
	json_int_t lines = 0;

	for (const char *p = old; (p = strchr(p, '\n')); p++)
		lines++;
	return json_pack("[{s:{s:o, s:o}, s:s}]", "range", "start", position_json(0, 0), "end",
	                 position_json((size_t)lines + 1, 0), "newText", form);
}

json_t *form_edits(const char *path, const char *text, const struct defines *given)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct source_text *source = sources_add(sources, path, text, strlen(text));
	const char *form = source ? laid_out(source, given, sources, arena, diag) : NULL;
	json_t *edits = form && strcmp(form, text) ? edit_of_all(text, form) : json_array();

	arena_free(arena);
	return edits;
}
