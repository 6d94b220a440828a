/* Explains a class of segments to somebody who has read of it in a report. */
#ifndef TCPCLOSE_SUITE_DESCRIBE_H
#define TCPCLOSE_SUITE_DESCRIBE_H

#include <stdio.h>

/*
 * Explains the class (verdict/classes.h) with that name, or the one that a report describes with
 * these words; "" lists all of them. Returns the exit status (suite.h): 0, or 2 after a message
 * when there is no such class.
 */
int describe_class(const char *text, FILE *out);

#endif
