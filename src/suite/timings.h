/* How long each test took in an earlier run: lines of seconds and name, in a file. */
#ifndef TCPCLOSE_SUITE_TIMINGS_H
#define TCPCLOSE_SUITE_TIMINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/usec.h"

struct timings;

struct timings *timings_new(struct arena *arena);

/* Adds what a file says. NULL, or what is wrong with it. */
const char *timings_read(struct timings *timings, const char *path);

/* -1: nothing is known of the test. */
usec_t timings_find(struct timings *timings, const char *name);

/* The newest of a name is the one that counts. */
void timings_add(struct timings *timings, const char *name, usec_t wall);

/*
 * Writes all into a file, sorted by name, which appears in one piece or not at all. False, with
 * errno, when it cannot be written.
 */
bool timings_write(struct timings *timings, const char *path);

#endif
