/* Folders that are made for what a run keeps, and their names. */
#ifndef TCPCLOSE_SUITE_FOLDERS_H
#define TCPCLOSE_SUITE_FOLDERS_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * Makes a folder and those it is in; good when it is there. `path` is restored. False with errno.
 */
bool folders_make(char *path);

/*
 * A test's name as one name of a folder: "reset_x.pkt[a_b].ipv6.2" for "../reset/x.pkt[a/b] ipv6
 * #2". What others refuse, who take it up (" : < > | * ? \ and control characters, a dot at the
 * end, more than 200 bytes), is replaced, with a number behind that keeps such names apart.
 */
const char *folders_name(struct arena *arena, const char *name);

#endif
