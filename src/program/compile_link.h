/* The link that the test's segments go through: taken down, and what it does to segments. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_LINK_H
#define TCPCLOSE_PROGRAM_COMPILE_LINK_H

#include <stdbool.h>

#include "program/compiling.h"
#include "script/ast.h"

extern const char link_word[]; /* "link": with this the event begins */

bool link_is(const char *name);

/* The words that stand in its brackets; NULL after the last. */
const char *link_at(size_t index);

/* NULL after reporting what is wrong. */
struct link_want *compile_link(struct compiling *c, const struct call_node *node);

#endif
