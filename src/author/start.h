/* A script to begin with: a connection in a state, and an end of it that passes. */
#ifndef TCPCLOSE_AUTHOR_START_H
#define TCPCLOSE_AUTHOR_START_H

#include <stdbool.h>
#include <stdio.h>

struct start {
	const char *name;   /* of one of the list; "": the list itself is printed */
	const char *output; /* NULL: standard output; a file that is there is left alone */
};

/* False, after a message, when there is no such name, or the file cannot be written. */
bool start_write(const struct start *wanted, FILE *messages);

#endif
