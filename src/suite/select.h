/*
 * Which tests are played: chosen by patterns, tags and expressions, from what is known before a
 * test is played.
 */
#ifndef TCPCLOSE_SUITE_SELECT_H
#define TCPCLOSE_SUITE_SELECT_H

#include <stdbool.h>

#include "base/arena.h"
#include "suite/selectable.h"

struct selection;

struct selection *selection_new(struct arena *arena);

/*
 * Add what --filter, --tag and --select say. Of several options of the same kind, one must match;
 * all kinds must match.
 */
void selection_add_filter(struct selection *selection, const char *pattern);
void selection_add_tag(struct selection *selection, const char *pattern);

/*
 * Returns false when the text is not an expression; then the error and its place were printed to
 * stderr.
 */
bool selection_add_expression(struct selection *selection, const char *text);

/* Nothing was given, so everything matches. */
bool selection_is_empty(const struct selection *selection);
bool selection_fits(const struct selection *selection, const struct selectable *test);

/* What was given, for messages: "--filter=reset --tag=slow". */
const char *selection_text(const struct selection *selection);

#endif
