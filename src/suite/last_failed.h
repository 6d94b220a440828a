/*
 * Remembers the tests that did not pass when these scripts were last played from this folder. Each
 * set of scripts has a small file for this in XDG_STATE_HOME/tcpclose/failed
 * (~/.local/state/tcpclose/failed). When all tests passed there is no file.
 */
#ifndef TCPCLOSE_SUITE_LAST_FAILED_H
#define TCPCLOSE_SUITE_LAST_FAILED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "suite/discover.h"

struct last_failed;

/*
 * Reads the list for the scripts and folders that the command line names. A list that cannot be
 * read is empty.
 */
struct last_failed *last_failed_read(struct arena *arena, const struct script_paths *named);

/*
 * Tells whether the test is in the list that was read. It may also be a script with errors.
 */
bool last_failed_has(const struct last_failed *list, const char *test);

/* A test was played. One that is played several times must pass each time. */
void last_failed_note(struct last_failed *list, const char *test, bool passed);

/*
 * Writes the list. Tests that were not played now stay as they were. There is no message when it
 * cannot be written, because nobody asked for it.
 */
void last_failed_save(const struct last_failed *list);

#endif
