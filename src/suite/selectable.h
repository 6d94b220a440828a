/* What can be asked about a test before it is played. select.h, expression.h and known.h use it. */
#ifndef TCPCLOSE_SUITE_SELECTABLE_H
#define TCPCLOSE_SUITE_SELECTABLE_H

#include <stdbool.h>

#include "script/ast.h"

/* A test, as far as it can be selected. */
struct selectable {
	const char *name, *path, *family;
	const char *case_name;                   /* or NULL */
	const struct directive_node *directives; /* those of its script */
};

/*
 * Tells whether a line with this directive has a word that matches the pattern, or matches it as a
 * whole.
 */
bool selectable_has(const struct selectable *test, const char *directive, const char *pattern);

/*
 * Tells whether the pattern is somewhere in the text; or, when it has *, ? or [, whether it matches
 * the whole text.
 */
bool pattern_fits(const char *pattern, const char *text);

#endif
