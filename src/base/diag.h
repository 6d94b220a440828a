/*
 * The errors and warnings about a script. Each has a position; they are collected, and printed in
 * the order of the text. Whoever detects an error reports it here, and all callers above only
 * return false.
 */
#ifndef TCPCLOSE_BASE_DIAG_H
#define TCPCLOSE_BASE_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"

enum {
	DIAG_MAX_ERRORS = 50
}; /* as many warnings are kept, too; further messages are counted only */

struct diag;

enum diag_kind {
	DIAG_ERROR,
	DIAG_WARNING, /* it is legal, but probably not what was meant */
	DIAG_KINDS
};

struct diag_hint {
	const char *text;
	const struct diag_hint *next;
};

/* A message that was reported. */
struct diag_message {
	enum diag_kind kind;
	struct range where; /* {0,0}: the message has no position */
	const char *text;
	const struct diag_hint *hints; /* in the order in which they were added */
};

struct diag *diag_new(struct arena *arena, const struct sources *sources);

/* Adds an error. With a range of {0,0} the message has no position. */
void diag_error(struct diag *diag, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a warning in the same way. */
void diag_warning(struct diag *diag, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Adds a hint ("did you mean ...?") to the message that was reported last. A message may have
 * several.
 */
void diag_hint(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

unsigned diag_error_count(const struct diag *diag);
unsigned diag_warning_count(const struct diag *diag);

/*
 * Fills list[0], list[1] ... with all messages that were kept, in the order of the text, and
 * returns their number. The list must have room for DIAG_KINDS * DIAG_MAX_ERRORS.
 */
unsigned diag_list(const struct diag *diag, const struct diag_message **list);

/* The error that was reported first, and its place in *where; NULL when there is none. */
const char *diag_first(const struct diag *diag, struct range *where);

/*
 * Tells whether both have the same errors, with the same words at the same places. The texts must
 * have been added to both sources in the same order.
 */
bool diag_same(const struct diag *a, const struct diag *b);

/*
 * Prints each error and each warning in the order of the text: a line "path:line:column: error:
 * message", the excerpt of the source, and the hints.
 */
void diag_print(const struct diag *diag, FILE *out);

#endif
