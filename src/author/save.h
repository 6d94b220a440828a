/* A file that is there as a whole, or not at all. */
#ifndef TCPCLOSE_AUTHOR_SAVE_H
#define TCPCLOSE_AUTHOR_SAVE_H

#include <stdbool.h>

/*
 * Writes a text beside `path` and puts it in its place, which keeps its mode when it was there.
 * Standard output when `path` is NULL. False, with errno, and nothing changed.
 */
bool save_text(const char *path, const char *text);

#endif
