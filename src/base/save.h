/* A file that is there as a whole, or not at all. */
#ifndef TCPCLOSE_BASE_SAVE_H
#define TCPCLOSE_BASE_SAVE_H

#include <stdbool.h>

/*
 * Writes a text beside `path` and puts it in its place, which keeps its mode and owner when it was
 * there; a link stays one, and what it points to is replaced. Standard output when `path` is NULL
 * or "-". False, with errno, and nothing changed.
 */
bool save_text(const char *path, const char *text);

#endif
