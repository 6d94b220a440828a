/*
 * How a script would have to be written so that what was seen is right: small changes of its own
 * words, so that everything else in a line stays as it is. Edits are plain data, because the child
 * that plays a script hands them to its parent.
 */
#ifndef TCPCLOSE_VERDICT_EDITS_H
#define TCPCLOSE_VERDICT_EDITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/usec.h"

enum edit_kind {
	/* Other words; without text, the words are removed, with the blank before them. */
	EDIT_WORDS,
	EDIT_VALUE,  /* another value at the end of the words: N of "ack N", "name=N" or "[N]" */
	EDIT_BEHIND, /* more words behind the words */
	EDIT_TIME,   /* another time: `from`, or `from` to `until` */
	EDIT_LINE,   /* a new line with a time of its own, behind the event at `where` */
	EDIT_OUT,    /* the event becomes a comment; the text gives the reason */
};

enum { EDIT_TEXT = 320, EDITS_MAX = 256 };

struct edit {
	enum edit_kind kind;
	struct range where; /* for EDIT_LINE: {0,0} when it becomes the first event */
	struct range next;  /* for EDIT_LINE: the event after it; {0,0}: there is none */
	bool own;           /* for EDIT_TIME: the time at which the script itself does something */
	bool absolute;      /* the time counts from the start, not from the event before */
	usec_t from, until; /* for EDIT_TIME and EDIT_LINE; equal when it is not a range */
	char text[EDIT_TEXT];
};

struct edits {
	size_t count;
	bool hopeless;       /* something is wrong that no edit of these kinds can correct */
	struct range reason; /* the place of that; {0,0}: the verdict gives the reason */
	bool cut_short;      /* the run could not go on, so there may be more to change */
	struct edit list[EDITS_MAX];
};

/*
 * Adds an edit with this text. It replaces one of the same kind for the same words. Never returns
 * NULL.
 */
struct edit *edits_add(struct edits *edits, enum edit_kind kind, struct range where,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a time for an event, see edits_narrowest(). */
void edits_add_time(struct edits *edits, struct range where, bool absolute, usec_t came,
                    usec_t waited, usec_t tolerance);

/* Nothing honest can be written in the place of these words. */
void edits_give_up(struct edits *edits, struct range where);

void edits_clear(struct edits *edits);

/*
 * The narrowest time that a line can honestly say about something that was seen once, `came` after
 * what its time counts from. It is 0 when that is within the tolerance. Otherwise it begins at what
 * was seen, in two digits, and goes to what the kernel's timer wheel may make of it, plus a tick:
 * an eighth more of the time that a timer may have run, which is `came`, or `waited` when that is
 * longer (it can have begun before).
 */
void edits_narrowest(usec_t came, usec_t waited, usec_t tolerance, usec_t *from, usec_t *until);

/* "+0", "+.2~+.24", "1.5~1.7" */
const char *edits_print_time(const struct edit *edit, char text[EDIT_TEXT]);

#endif
