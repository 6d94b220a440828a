/*
 * How what deals with the machine says what went wrong: a kind of fault, and a sentence for the
 * user.
 */
#ifndef TCPCLOSE_BASE_FAULT_H
#define TCPCLOSE_BASE_FAULT_H

#include <stdarg.h>
#include <stdio.h>

enum fault {
	FAULT_NONE,
	FAULT_MISSING, /* the machine lacks something: no TUN, no user namespaces */
	FAULT_BROKEN,  /* something that should have worked did not */
};

enum { FAULT_TEXT = 256 }; /* room for a sentence */

/* Writes the sentence into error[FAULT_TEXT] and returns `kind`. */
__attribute__((format(printf, 3, 4))) static inline enum fault
fault_say(enum fault kind, char *error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error, FAULT_TEXT, format, args);
	va_end(args);
	return kind;
}

#endif
