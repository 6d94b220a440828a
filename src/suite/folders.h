/* Makes folders for what a run keeps, and names for them. */
#ifndef TCPCLOSE_SUITE_FOLDERS_H
#define TCPCLOSE_SUITE_FOLDERS_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * Makes a folder and the folders that it is in; it may exist already. `path` is changed for a
 * moment, and restored. Returns false with errno on an error.
 */
bool folders_make(char *path);

/*
 * Makes one name of a test's name: "reset_x.pkt[a_b].ipv6.2" for "../reset/x.pkt[a/b] ipv6 #2".
 * Characters and names that other systems refuse (" : < > | * ? \ and control characters, a dot at
 * the end, more than 200 bytes) are replaced. Then a number is added that keeps such names apart.
 */
const char *folders_name(struct arena *arena, const char *name);

#endif
