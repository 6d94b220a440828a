/*
 * The tests that did not pass when these scripts were last played from this folder. The list is a
 * small file of its own for each set of scripts, in XDG_STATE_HOME/tcpclose/failed
 * (~/.local/state/tcpclose/failed); where all passed, there is none.
 */
#ifndef TCPCLOSE_SUITE_LAST_FAILED_H
#define TCPCLOSE_SUITE_LAST_FAILED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "suite/discover.h"

struct last_failed;

/*
 * Reads the list for the scripts and folders that were named on the command line. One that cannot
 * be read is empty.
 */
struct last_failed *last_failed_read(struct arena *arena, const struct script_paths *named);

/* Is the test in the list, as it was read? It may be a script, which was wrong. */
bool last_failed_has(const struct last_failed *list, const char *test);

/* A test was played; of one that is played more than once, each time must pass. */
void last_failed_note(struct last_failed *list, const char *test, bool passed);

/*
 * Writes the list: what was not played now stays as it was. Nothing is said where that is not
 * possible: nobody asked for it.
 */
void last_failed_save(const struct last_failed *list);

#endif
