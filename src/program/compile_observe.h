/* Observations: what a script looks at. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_OBSERVE_H
#define TCPCLOSE_PROGRAM_COMPILE_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "program/compiling.h"
#include "script/ast.h"

/* Tells whether it is the word of an observation: state, counter ... */
bool observe_find(const char *name, enum observe_kind *kind);
const char *observe_at(size_t index); /* NULL after the last */

/* Returns NULL after reporting what is wrong. */
struct observe_want *compile_observe(struct compiling *c, const struct call_node *node,
                                     enum observe_kind kind);

#endif
