/* Writes a script to begin with: a connection in a state, and an end that passes. */
#ifndef TCPCLOSE_AUTHOR_START_H
#define TCPCLOSE_AUTHOR_START_H

#include <stdbool.h>
#include <stdio.h>

struct start {
	const char *name;   /* of one in the list; "": the list is printed */
	const char *output; /* NULL: standard output; a file that exists is not changed */
};

/* Returns false, after a message, when there is no such name, or the file cannot be written. */
bool start_write(const struct start *wanted, FILE *messages);

#endif
