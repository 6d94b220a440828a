/*
 * The line "covers ID[STATE] ...": which ids a script is about, and in which states of a
 * connection.
 */
#ifndef TCPCLOSE_SCRIPT_COVERS_H
#define TCPCLOSE_SCRIPT_COVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/defines.h"
#include "wire/tcp_state.h"

/* A state as the close matrix has it: FIN_WAIT_1 without a descriptor is another one than with. */
struct covers_state {
	const char *name; /* "FW1o" */
	/* What a script sees that looks at it; 0: no state of a connection (a descriptor's). */
	enum tcp_state state;
	const char *help;
};

const struct covers_state *covers_state_at(size_t index); /* NULL after the last */

/* An id, and the state behind it; `state` is NULL when none is written. */
struct covers_id {
	const char *id;
	size_t length; /* without the state */
	const struct covers_state *state;
};

/* Takes the next id off the text that covers_expand() made; false: there is none. */
bool covers_next(const char **text, struct covers_id *id);

/*
 * Returns the text with an id for each state, "X[EST] X[CW]" for "X[EST,CW]". A word that is
 * defined, for example the column of a table of cases, stands for its value, as an id or in
 * brackets; X[""] is left out. Reports a state that is not known, and returns NULL. The result is
 * in the arena.
 */
const char *covers_expand(const char *text, struct range where, const struct defines *defines,
                          struct arena *arena, struct diag *diag);

#endif
