/* Processes of a test. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_PROCESS_H
#define TCPCLOSE_PROGRAM_COMPILE_PROCESS_H

#include <stdbool.h>

#include "program/compiling.h"
#include "script/ast.h"

/* In front of a line, as a process would be: it is about the other end of the link. */
#define PEER_WORD "peer"

/* Tells whether it is a word about processes: fork, run, exit, kill, wait. */
bool process_find(const char *name, enum process_action *action);
const char *process_at(size_t index); /* NULL after the last */

/* Returns NULL after reporting what is wrong. */
struct process_want *compile_process(struct compiling *c, const struct call_node *node,
                                     enum process_action action);

/* Finds the process with this name. Returns false when there is none. */
bool process_by_name(const struct compiling *c, const char *name, unsigned *number);

#endif
