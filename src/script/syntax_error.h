/* What is said of a token that cannot stand where it stands. Only grammar/script.y calls it. */
#ifndef TCPCLOSE_SCRIPT_SYNTAX_ERROR_H
#define TCPCLOSE_SCRIPT_SYNTAX_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include "script/building.h"

/*
 * Reports the token at `where`, and what could have stood there instead (no names: too many things
 * could). `complete`: what came before is, so that this begins something new.
 */
void syntax_error(struct parsing *p, struct range where, bool complete, const char *const *names,
                  size_t count);

#endif
