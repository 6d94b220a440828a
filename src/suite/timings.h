/* How long each test took in an earlier run: lines with seconds and name, in a file. */
#ifndef TCPCLOSE_SUITE_TIMINGS_H
#define TCPCLOSE_SUITE_TIMINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/usec.h"

struct timings;

struct timings *timings_new(struct arena *arena);

/* Adds what a file says. Returns NULL, or what is wrong with it. */
const char *timings_read(struct timings *timings, const char *path);

/* Returns -1 when nothing is known about the test. */
usec_t timings_find(struct timings *timings, const char *name);

/* The newest time of a name counts. */
void timings_add(struct timings *timings, const char *name, usec_t wall);

/*
 * Writes all into a file, sorted by name. The file appears as a whole, or not at all. Returns false
 * with errno on an error.
 */
bool timings_write(struct timings *timings, const char *path);

#endif
