/*
 * A shared library that is loaded only when it is needed. Nearly every process plays a script and
 * needs none, and each library would make its start slower.
 */
#ifndef TCPCLOSE_BASE_LIBRARY_H
#define TCPCLOSE_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

struct library_function {
	const char *name;
	void *pointer; /* points to the pointer that is set to it */
};

struct library {
	const char *file; /* the name that the loader uses */
	const struct library_function *functions;
	size_t count;
	bool loaded;
};

/*
 * Sets all pointers, once for this process and for those that are forked after it. Returns false
 * when the library is not there or has another version; then `error` has the message of the loader.
 */
bool library_load(struct library *library, char error[FAULT_TEXT]);

#endif
