/*
 * The words that make a line of ours when they stand first on it. What most of them mean is for the
 * suite to say; they stand here because the scanner must know them: the rest of such a line is
 * text.
 */
#ifndef TCPCLOSE_SCRIPT_DIRECTIVES_H
#define TCPCLOSE_SCRIPT_DIRECTIVES_H

#include <stdbool.h>
#include <stddef.h>

enum directive_kind {
	DIRECTIVE_NOTE,     /* kept for the suite and the reports; runs nothing */
	DIRECTIVE_INCLUDE,  /* include "path": the parser splices it in */
	DIRECTIVE_SYSCTL,   /* sysctl NAME = VALUE */
	DIRECTIVE_REQUIRES, /* requires kernel >= 6.1 */
	DIRECTIVE_CASES,    /* a table, see cases.h */
};

struct directive_row {
	const char *name;
	enum directive_kind kind;
	const char *help;
};

/* NULL when `name` is no directive. */
const struct directive_row *directive_find(const char *name);
const struct directive_row *directive_at(size_t index);

#endif
