#include "script/laid_out.h"

#include <stdlib.h>
#include <string.h>

#include "script/cases.h"
#include "script/layout.h"
#include "script/parse.h"

/*
 * Returns the tree of the text as script_dump() prints it, with the first row of its table; NULL
 * when there are errors.
 */
static char *tree_of(const struct source_text *text, const struct case_table *table,
                     struct defines defines, struct sources *sources, struct arena *arena,
                     struct diag *diag)
{
	struct script *script;
	char *dump = NULL;
	size_t length = 0;

	if (table->row_count)
		cases_define(table, 0, arena, &defines);
	if (!parse_script(arena, sources, text, &defines, diag, &script))
		return NULL;
	FILE *out = open_memstream(&dump, &length);
	if (!out)
		return NULL;
	script_dump(script, out);
	return fclose(out) == 0 ? dump : NULL;
}

static bool same_cells(const struct case_table *a, const struct case_table *b)
{
	if (a->row_count != b->row_count || a->column_count != b->column_count)
		return false;
	for (size_t i = 0; i < a->row_count; i++)
		for (size_t k = 0; k < a->column_count; k++)
			if (strcmp(a->rows[i].cells[k], b->rows[i].cells[k]))
				return false;
	return true;
}

const char *laid_out(const struct source_text *text, const struct defines *given,
                     struct sources *sources, struct arena *arena, struct diag *diag)
{
	struct case_table table, other_table;

	if (!cases_read(text, arena, diag, &table))
		return NULL;
	char *tree = tree_of(text, &table, *given, sources, arena, diag), *other_tree = NULL;
	if (!tree)
		return NULL;
	const char *form = layout_script(text, &table, arena);
	struct sources *other_sources = sources_new(arena);
	struct diag *other_diag = diag_new(arena, other_sources);
	const struct source_text *other =
		sources_add(other_sources, text->path, form, strlen(form));
	if (other && cases_read(other, arena, other_diag, &other_table))
		other_tree = tree_of(other, &other_table, *given, other_sources, arena, other_diag);
	bool same = other_tree && !strcmp(tree, other_tree) && same_cells(&table, &other_table);
	free(tree);
	free(other_tree);
	return same ? form : NULL;
}
