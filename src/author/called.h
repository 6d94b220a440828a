/* A call of a trace in the language of scripts. */
#ifndef TCPCLOSE_AUTHOR_CALLED_H
#define TCPCLOSE_AUTHOR_CALLED_H

#include "author/strace_line.h"

enum called {
	CALLED_WRITTEN,
	CALLED_ASKS,    /* it changes nothing of the connection: poll(), getsockname() */
	CALLED_UNKNOWN, /* the language has no words for it */
	CALLED_NOTHING, /* it never came to an end, or will be made again */
};

enum { CALLED_TEXT = 512 };

/*
 * `fd` and `made` are the script's numbers for its socket, and for the one that it makes. The text
 * is "write(4, ..., 100) = 100"; empty where the result is not CALLED_WRITTEN.
 */
enum called called_text(const struct strace_call *call, int fd, int made, char text[CALLED_TEXT]);

/* How many bytes a call moved: `in` what it read, or else what it wrote. 0: it moves none. */
unsigned long called_moves(const struct strace_call *call, bool in);

/* Does it write? Also one that found no room. */
bool called_writes(const struct strace_call *call);

/* Does it read? Then its result came with what the peer sent. */
bool called_reads(const struct strace_call *call);

#endif
