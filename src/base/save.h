/* Writes a file so that it is there as a whole or not at all. */
#ifndef TCPCLOSE_BASE_SAVE_H
#define TCPCLOSE_BASE_SAVE_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Writes the text into a new file in the folder of `path`, and then renames it to `path`. A file
 * that was there before gives its mode and owner to the new one. A symbolic link stays, and the
 * file that it points to is replaced. What is no regular file (a pipe, /dev/null) is written into.
 * When `path` is NULL or "-", the text goes to standard output. On an error the function returns
 * false with errno, and no file has changed.
 */
bool save_text(const char *path, const char *text);

/* Says why save_text() could not, by errno: "x.pkt: cannot be written: Permission denied". */
void save_failed(const char *path, FILE *messages);

#endif
