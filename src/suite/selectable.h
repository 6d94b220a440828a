/*
 * What can be asked of a test before it is run: the bottom of select.h, expression.h and known.h.
 */
#ifndef TCPCLOSE_SUITE_SELECTABLE_H
#define TCPCLOSE_SUITE_SELECTABLE_H

#include <stdbool.h>

#include "script/ast.h"

/* A test, as it is selected. */
struct selectable {
	const char *name, *path, *family;
	const char *case_name;                   /* or NULL */
	const struct directive_node *directives; /* of its script */
};

/* Does a line "directive" of the script have a word, or is as a whole, what the pattern says? */
bool selectable_has(const struct selectable *test, const char *directive, const char *pattern);

/* The pattern is somewhere in the text; or it has *, ? or [ and fits the whole of it. */
bool pattern_fits(const char *pattern, const char *text);

#endif
