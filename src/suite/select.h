/* Which tests are to be run: patterns, tags and expressions, by what is known before one runs. */
#ifndef TCPCLOSE_SUITE_SELECT_H
#define TCPCLOSE_SUITE_SELECT_H

#include <stdbool.h>

#include "base/arena.h"
#include "script/ast.h"

/* A test, as it is selected. */
struct selectable {
	const char *name, *path, *family;
	const char *case_name;                   /* or NULL */
	const struct directive_node *directives; /* of its script */
};

struct selection;

struct selection *selection_new(struct arena *arena);

/*
 * What was given with --filter, --tag and --select. Of one kind, one has to fit; all kinds have to.
 */
void selection_add_filter(struct selection *selection, const char *pattern);
void selection_add_tag(struct selection *selection, const char *pattern);

/* False, with the error and its place printed to stderr, when it is no expression. */
bool selection_add_expression(struct selection *selection, const char *text);

/* Nothing was given, so that everything fits. */
bool selection_is_empty(const struct selection *selection);
bool selection_fits(const struct selection *selection, const struct selectable *test);

/* What was given, for messages: "--filter=reset --tag=slow". */
const char *selection_text(const struct selection *selection);

/* Does a line "directive" of the script have a word, or is as a whole, what the pattern says? */
bool selectable_has(const struct selectable *test, const char *directive, const char *pattern);

/* The pattern is somewhere in the text; or it has *, ? or [ and fits the whole of it. */
bool pattern_fits(const char *pattern, const char *text);

#endif
