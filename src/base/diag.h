/*
 * What is wrong with a script: messages with a position, collected and printed in the order of
 * the text. Whoever detects an error reports it here; everyone above just returns false.
 */
#ifndef TCPCLOSE_BASE_DIAG_H
#define TCPCLOSE_BASE_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"

enum { DIAG_MAX_ERRORS = 50 }; /* later ones are counted, not kept */

struct diag;

struct diag *diag_new(struct arena *arena, const struct sources *sources);

/* Adds an error. A range of {0,0} makes a message without position. */
void diag_error(struct diag *diag, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a hint to the error reported last ("did you mean ...?"); there may be several. */
void diag_hint(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

unsigned diag_error_count(const struct diag *diag);

/* The first error that was reported, and its place; NULL when there is none. */
const char *diag_first(const struct diag *diag, struct range *where);

/*
 * Have both the same errors, in the same words and places (of texts that were read in one order)?
 */
bool diag_same(const struct diag *a, const struct diag *b);

/* "path:line:column: error: message", the excerpt and the hints, for each error in text order. */
void diag_print(const struct diag *diag, FILE *out);

#endif
