/* What the files of the export share: what of an event is lost, and what cannot be said at all. */
#ifndef TCPCLOSE_AUTHOR_EXPORTING_H
#define TCPCLOSE_AUTHOR_EXPORTING_H

#include "base/arena.h"
#include "base/diag.h"
#include "script/ast.h"

enum said {
	SAID,     /* the other language has words for it, perhaps with less in them */
	SAID_NOT, /* an expectation for which it has none: it becomes a comment */
	SAID_BAD, /* something that is played, for which it has none: an error was reported */
};

enum { LOSSES_TEXT = 512 };

struct losses {
	struct arena *arena;
	struct diag *diag;
	unsigned mss;           /* that follows from the device: for one that is left open */
	unsigned next_stamp;    /* a timestamp that no line has */
	char text[LOSSES_TEXT]; /* what of the event at hand is lost: "a window, a counter" */
};

/* Notes that a part of the event is lost. */
void losses_add(struct losses *losses, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Reports that what is played here cannot be said; returns SAID_BAD. */
enum said losses_refuse(struct losses *losses, struct range where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
