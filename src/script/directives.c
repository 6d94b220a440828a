#include "script/directives.h"

#include <string.h>

static const struct directive_row rows[] = {
	/* clang-format off */
	{ "covers",   DIRECTIVE_NOTE,     "ids of the claims and matrix cells that the script shows" },
	{ "rfc",      DIRECTIVE_NOTE,     "the clause it rests on" },
	{ "tag",      DIRECTIVE_NOTE,     "words to select it by" },
	{ "verdict",  DIRECTIVE_NOTE,     "holds, differs or elsewhere, for a claim" },
	{ "include",  DIRECTIVE_INCLUDE,  "reads another script at this place" },
	{ "sysctl",   DIRECTIVE_SYSCTL,   "sets a sysctl before the first event" },
	{ "known",    DIRECTIVE_NOTE,     "a bug of some kernels that makes the script fail" },
	{ "requires", DIRECTIVE_REQUIRES, "what must be there, or the script is skipped" },
	{ "cases",    DIRECTIVE_CASES,    "a table that makes a test of each of its rows" },
	/* clang-format on */
};

const struct directive_row *directive_at(size_t index)
{
	return index < sizeof(rows) / sizeof(*rows) ? &rows[index] : NULL;
}

const struct directive_row *directive_find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}
