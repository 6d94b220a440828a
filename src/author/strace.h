/*
 * A file that `strace -f -ttt -yy` wrote, as the calls on TCP sockets and what decides on who has
 * which descriptor, in the order in which they began.
 */
#ifndef TCPCLOSE_AUTHOR_STRACE_H
#define TCPCLOSE_AUTHOR_STRACE_H

#include "author/strace_line.h"

enum {
	CALLS_MAX = 100000, /* what is kept: a script has 4000 packets at most */
	THREADS_MAX = 4096, /* that are there at the same time */
	LINE_MAX_BYTES = 1 << 20,
};

struct strace {
	const char *path;
	struct strace_call *calls; /* the end of a thread is a call with the name "+++" */
	size_t count;
	const char *damage; /* the last line is cut off, or NULL; the rest is good */
};

/* Returns NULL, or why it cannot be used, as "FILE:LINE: ...". All is in the arena. */
const char *strace_read(struct strace *strace, struct arena *arena, const char *path);

#endif
