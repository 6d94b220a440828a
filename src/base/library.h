/*
 * A shared library that is loaded when it is wanted: nearly every process plays a script and wants
 * none of those, and each of them makes its start longer.
 */
#ifndef TCPCLOSE_BASE_LIBRARY_H
#define TCPCLOSE_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

struct library_function {
	const char *name;
	void *pointer; /* to the pointer that is to be set to it */
};

struct library {
	const char *file; /* as the loader knows it */
	const struct library_function *functions;
	size_t count;
	bool loaded;
};

/*
 * Sets all pointers, once for a process and for those that are forked after it. False: it is not
 * there, or is another version; then the loader's sentence is in `error`.
 */
bool library_load(struct library *library, char error[FAULT_TEXT]);

#endif
