/* Finds what may stand at the place where somebody is writing. */
#ifndef TCPCLOSE_EDITOR_COMPLETE_H
#define TCPCLOSE_EDITOR_COMPLETE_H

#include <jansson.h>
#include <stddef.h>

#include "editor/position.h"

/*
 * What kind of word a place in a line may have. COMPLETE_NOTHING in comments, strings and numbers.
 */
enum complete_place {
	COMPLETE_NOTHING,
	COMPLETE_OPTION,    /* --tolerance_usecs, before the first event */
	COMPLETE_DIRECTIVE, /* a directive, at the beginning of a line */
	COMPLETE_INCLUDE,   /* the name of a file, in quotes or < > */
	COMPLETE_EVENT,     /* behind a time: a call, state, silence ... */
	COMPLETE_ARGUMENT,  /* within the parentheses of a call: a constant */
	COMPLETE_RESULT,    /* behind the '=' of a call: an errno */
	COMPLETE_STATE,     /* behind "state =" */
	COMPLETE_TIMER,     /* behind "timer" */
	COMPLETE_PACKET,    /* within a segment: ack, win ... */
	COMPLETE_TCP_OPTION /* within the <> of a segment */
};

/* The kind of place behind the first `bytes` bytes of a line. */
enum complete_place complete_place(const char *line, size_t bytes);

/*
 * Returns the protocol's array of completion items for that place in a line, whose number is
 * `number`. `script` is the path of the script, with which names of files are completed. The result
 * belongs to the caller.
 */
json_t *complete_items(const char *script, struct text_line line, size_t number, size_t bytes);

#endif
