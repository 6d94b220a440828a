/*
 * How the code that deals with the machine reports what went wrong: with a kind of fault and a
 * sentence for the user.
 */
#ifndef TCPCLOSE_BASE_FAULT_H
#define TCPCLOSE_BASE_FAULT_H

#include <stdarg.h>
#include <stdio.h>

enum fault {
	FAULT_NONE,
	/* The machine lacks something that is needed, such as TUN or user namespaces. */
	FAULT_MISSING,
	FAULT_BROKEN, /* something failed that should have worked */
};

enum { FAULT_TEXT = 256 }; /* bytes for the sentence, with the NUL */

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
