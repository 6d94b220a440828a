/*
 * What is needed to play a test again on another machine: the script with the files that it
 * includes, below script/ in a folder, and rerun.sh beside that.
 */
#ifndef TCPCLOSE_SUITE_PARCEL_H
#define TCPCLOSE_SUITE_PARCEL_H

#include <stdbool.h>

#include "suite/options.h"
#include "suite/test.h"

/* The recording of the test, which rerun.sh knows, too. */
#define PARCEL_RECORDING "recording.rec"

/*
 * Copies the script as it was read, each file where it is as seen from the others, and writes
 * rerun.sh. False with errno, and *what is the file that could not be written.
 */
bool parcel_write(const struct test *test, const struct suite_options *options, const char *folder,
                  const char **what);

/* Takes it away again. */
void parcel_remove(struct arena *arena, const char *folder);

#endif
