/* Outer headers. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_OUTER_H
#define TCPCLOSE_PROGRAM_COMPILE_OUTER_H

#include <stdbool.h>

#include "program/compiling.h"
#include "script/ast.h"

/*
 * Compiles outer headers such as "ipv4 A > B: gre:" into want->segment.outer. Returns false after
 * reporting what is wrong.
 */
bool compile_outer(struct compiling *c, const struct packet_node *node, struct packet_want *want);

#endif
