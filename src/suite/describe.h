/* What there is to know of a kind of segment, for somebody who has read of it in a report. */
#ifndef TCPCLOSE_SUITE_DESCRIBE_H
#define TCPCLOSE_SUITE_DESCRIBE_H

#include <stdio.h>

/*
 * Explains the class (verdict/classes.h) of that name, or that a report names with these words; ""
 * lists all of them. Returns the status to leave with (suite.h): 0, or 2 after a message when there
 * is none.
 */
int describe_class(const char *text, FILE *out);

#endif
