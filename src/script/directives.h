/*
 * Directives: words that, at the beginning of a line, make the rest of the line their text. The
 * suite knows what most of them mean. They are listed here because the scanner must know them.
 */
#ifndef TCPCLOSE_SCRIPT_DIRECTIVES_H
#define TCPCLOSE_SCRIPT_DIRECTIVES_H

#include <stdbool.h>
#include <stddef.h>

enum directive_kind {
	DIRECTIVE_NOTE,     /* kept for the suite and the reports; does nothing in a run */
	DIRECTIVE_INCLUDE,  /* include "path": the parser reads the other script at this place */
	DIRECTIVE_SYSCTL,   /* sysctl NAME = VALUE */
	DIRECTIVE_REQUIRES, /* requires kernel >= 6.1 */
	DIRECTIVE_CASES,    /* a table of cases, see cases.h */
};

struct directive_row {
	const char *name;
	enum directive_kind kind;
	const char *help;
};

/* Returns NULL when `name` is not a directive. */
const struct directive_row *directive_find(const char *name);
const struct directive_row *directive_at(size_t index);

#endif
