/* Which tests are to be run: patterns, tags and expressions, by what is known before one runs. */
#ifndef TCPCLOSE_SUITE_SELECT_H
#define TCPCLOSE_SUITE_SELECT_H

#include <stdbool.h>

#include "base/arena.h"
#include "suite/selectable.h"

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

#endif
