/* Reports a token that cannot stand at its place. Only grammar/script.y calls it. */
#ifndef TCPCLOSE_SCRIPT_SYNTAX_ERROR_H
#define TCPCLOSE_SCRIPT_SYNTAX_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include "script/building.h"

/*
 * Reports the token at `where`, and what could have stood there instead: `names`, or nothing when
 * too many things could. `complete` tells that what came before is complete, so that something new
 * begins here.
 */
void syntax_error(struct parsing *p, struct range where, bool complete, const char *const *names,
                  size_t count);

#endif
