/*
 * What is wrong with a script: messages with a position, collected and printed in the order of
 * the text. Whoever detects an error reports it here; everyone above just returns false.
 */
#ifndef TCPCLOSE_BASE_DIAG_H
#define TCPCLOSE_BASE_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"

enum { DIAG_MAX_ERRORS = 50 }; /* and as many warnings; later ones are counted, not kept */

struct diag;

enum diag_kind {
	DIAG_ERROR,
	DIAG_WARNING, /* legal, and hardly meant */
	DIAG_KINDS
};

struct diag_hint {
	const char *text;
	const struct diag_hint *next;
};

/* What was reported. */
struct diag_message {
	enum diag_kind kind;
	struct range where; /* {0,0}: it has no position */
	const char *text;
	const struct diag_hint *hints; /* in the order in which they were given */
};

struct diag *diag_new(struct arena *arena, const struct sources *sources);

/* Adds an error. A range of {0,0} makes a message without position. */
void diag_error(struct diag *diag, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a warning, likewise. */
void diag_warning(struct diag *diag, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a hint to what was reported last ("did you mean ...?"); there may be several. */
void diag_hint(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

unsigned diag_error_count(const struct diag *diag);
unsigned diag_warning_count(const struct diag *diag);

/*
 * All that was kept, in the order of the text: fills *list[0] ... and returns how many there are,
 * at most DIAG_KINDS * DIAG_MAX_ERRORS, for which the list must have room.
 */
unsigned diag_list(const struct diag *diag, const struct diag_message **list);

/* The first error that was reported, and its place; NULL when there is none. */
const char *diag_first(const struct diag *diag, struct range *where);

/*
 * Have both the same errors, in the same words and places (of texts that were read in one order)?
 */
bool diag_same(const struct diag *a, const struct diag *b);

/* "path:line:column: error: message", the excerpt and the hints, for each error and each warning in
 * text order. */
void diag_print(const struct diag *diag, FILE *out);

#endif
