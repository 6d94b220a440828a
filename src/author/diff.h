/* Prints the differences of two texts line by line, as patch(1) reads them. */
#ifndef TCPCLOSE_AUTHOR_DIFF_H
#define TCPCLOSE_AUTHOR_DIFF_H

#include <stdio.h>

/* Prints a unified diff of two texts of the file `path`, with three lines around each change. */
void diff_print(const char *path, const char *before, const char *after, FILE *out);

#endif
