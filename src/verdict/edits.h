/*
 * How a script would have to be written for what was seen to be right: small changes of its own
 * words, so that all else in a line stays as it is. They are plain data, for the child that plays a
 * script hands them to its parent.
 */
#ifndef TCPCLOSE_VERDICT_EDITS_H
#define TCPCLOSE_VERDICT_EDITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/usec.h"

enum edit_kind {
	EDIT_WORDS,  /* other words; without text they go, with the blank before them */
	EDIT_VALUE,  /* the value at their end: N of "ack N", "name=N" or "[N]" */
	EDIT_BEHIND, /* more words behind them */
	EDIT_TIME,   /* another time: `from`, or `from` to `until` */
	EDIT_LINE,   /* a new line, with a time of its own, behind the event of `where` */
	EDIT_OUT,    /* the event becomes a comment; the text says why */
};

enum { EDIT_TEXT = 320, EDITS_MAX = 256 };

struct edit {
	enum edit_kind kind;
	struct range where; /* of LINE: {0,0} where it is the first event */
	struct range next;  /* of LINE: the event that follows; {0,0}: none does */
	bool own;           /* of TIME: when the script itself does something */
	bool absolute;      /* a time is counted from the start, not from the event before */
	usec_t from, until; /* of TIME and LINE; the same where it is no range */
	char text[EDIT_TEXT];
};

struct edits {
	size_t count;
	bool hopeless;       /* something is wrong that no change of these kinds makes right ... */
	struct range reason; /* ... here; {0,0}: the reason is told by the verdict */
	bool cut_short;      /* the run could not go on: there may be more to change */
	struct edit list[EDITS_MAX];
};

/* Adds one with this text; one of the same kind for the same words is replaced. Never NULL. */
struct edit *edits_add(struct edits *edits, enum edit_kind kind, struct range where,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a time: that of an event that came `came` after what its time counts from. */
void edits_add_time(struct edits *edits, struct range where, bool absolute, usec_t came,
                    usec_t tolerance);

/* Nothing honest can be written in the place of these words. */
void edits_give_up(struct edits *edits, struct range where);

void edits_clear(struct edits *edits);

/*
 * The narrowest time that a line can honestly say, of something that was seen once: 0 where that is
 * within what a time may be off, else from what was seen, in two digits, to what the kernel's timer
 * wheel may make of it (an eighth more) and a tick.
 */
void edits_narrowest(usec_t came, usec_t tolerance, usec_t *from, usec_t *until);

/* "+0", "+.2~+.24", "1.5~1.7" */
const char *edits_print_time(const struct edit *edit, char text[EDIT_TEXT]);

#endif
