/* How the parts of the host say what went wrong: a kind of failure, and a sentence for the user. */
#ifndef TCPCLOSE_HOST_FAULT_H
#define TCPCLOSE_HOST_FAULT_H

#include <stdarg.h>
#include <stdio.h>

#include "host/host.h"

/* Writes the sentence into error[HOST_ERROR_TEXT] and returns `kind`. */
__attribute__((format(printf, 3, 4))) static inline enum host_failure
host_fault(enum host_failure kind, char *error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error, HOST_ERROR_TEXT, format, args);
	va_end(args);
	return kind;
}

#endif
