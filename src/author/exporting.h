/*
 * What the files of the export share: which part of an event is lost, and what cannot be written at
 * all.
 */
#ifndef TCPCLOSE_AUTHOR_EXPORTING_H
#define TCPCLOSE_AUTHOR_EXPORTING_H

#include "base/arena.h"
#include "base/diag.h"
#include "script/ast.h"

enum said {
	SAID,     /* the other language has words for it, perhaps without some parts */
	SAID_NOT, /* an expectation for which it has no words: it becomes a comment */
	/* Something that is played and for which it has no words: an error was reported. */
	SAID_BAD,
};

enum { LOSSES_TEXT = 512 };

struct losses {
	struct arena *arena;
	struct diag *diag;
	unsigned mss; /* the segment size that follows from the device, for one that is left open */
	unsigned next_stamp;    /* a timestamp that no line has */
	char text[LOSSES_TEXT]; /* what is lost of the current event: "a window, a counter" */
};

/* Notes that a part of the event is lost. */
void losses_add(struct losses *losses, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Reports that what is played here cannot be written. Returns SAID_BAD. */
enum said losses_refuse(struct losses *losses, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
