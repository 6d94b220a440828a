#include "script/directives.h"

#include <string.h>

static const struct directive_row rows[] = {
	/* clang-format off */
	{ "covers",   DIRECTIVE_NOTE,     "ids of the claims and matrix cells that the script shows, with states: X[EST,CW]" },
	{ "rfc",      DIRECTIVE_NOTE,     "the clause of an RFC that the script rests on" },
	{ "tag",      DIRECTIVE_NOTE,     "words by which the script can be selected" },
	{ "verdict",  DIRECTIVE_NOTE,     "for a claim: holds, differs or elsewhere" },
	{ "include",  DIRECTIVE_INCLUDE,  "reads another script at this place" },
	{ "sysctl",   DIRECTIVE_SYSCTL,   "sets a sysctl before the first event" },
	{ "known",    DIRECTIVE_NOTE,     "a known bug of some kernels, with which the script fails" },
	{ "requires", DIRECTIVE_REQUIRES, "what must be there; without it the script is skipped" },
	{ "cases",    DIRECTIVE_CASES,    "a table whose rows are tests of their own" },
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
