/*
 * One line of what `strace -f -ttt -yy` writes: who, when, and a call with its arguments and its
 * result. Nothing is known here of what a call means.
 */
#ifndef TCPCLOSE_AUTHOR_STRACE_LINE_H
#define TCPCLOSE_AUTHOR_STRACE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/usec.h"

enum strace_kind {
	STRACE_CALL,    /* "read(3<...>, "", 100) = 0" */
	STRACE_BEGUN,   /* "read(3<...>,  <unfinished ...>" */
	STRACE_RESUMED, /* "<... read resumed>"", 100) = 0" */
	STRACE_ENDED,   /* "+++ exited with 0 +++" */
	STRACE_OTHER,   /* a signal, or a message of strace's own */
};

struct strace_line {
	unsigned pid; /* 0: the line names none, as without -f */
	usec_t at;    /* since 1970 */
	enum strace_kind kind;
	char *text; /* of the call, without what the kind says already */
};

enum { STRACE_ARGUMENTS = 8 };

struct strace_call {
	const char *name;
	const char *arguments[STRACE_ARGUMENTS]; /* as they are written */
	size_t argument_count;
	const char *result; /* "3<TCP:[...]>", "-1", or "?" */
	const char *error;  /* "EAGAIN"; NULL: there is none */
	unsigned pid;
	usec_t at, until; /* since 1970; `until` is 0 where nothing shows when it returned */
	unsigned long line;
};

/*
 * Takes a line, without its newline, apart, in place. Returns NULL, or the words that say what it
 * is not.
 */
const char *strace_line_read(char *text, struct strace_line *line);

/*
 * Takes a whole call apart: name, arguments, result and, where `text` ends with "<0.000123>", how
 * long it took. `text` is changed and stays in use. False: it is cut off, or no call.
 */
bool strace_call_read(char *text, struct strace_call *call);

/* The word stands in an argument that is no string. */
bool strace_mentions(const struct strace_call *call, const char *word);

/* The descriptor that an argument or a result begins with, as "4<TCP:[...]>"; -1: none. */
int strace_descriptor(const char *text);

#endif
