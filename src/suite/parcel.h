/*
 * Everything that is needed to play a test again on another machine: the script and the files that
 * it includes, in script/ below a folder, and rerun.sh beside that.
 */
#ifndef TCPCLOSE_SUITE_PARCEL_H
#define TCPCLOSE_SUITE_PARCEL_H

#include <stdbool.h>

#include "suite/options.h"
#include "suite/test.h"

/* The name of the test's recording, which rerun.sh uses, too. */
#define PARCEL_RECORDING "recording.rec"

/*
 * Copies the script as it was read, with each file in the same place relative to the others, and
 * writes rerun.sh. Returns false with errno on an error; then *what is the file that could not be
 * written.
 */
bool parcel_write(const struct test *test, const struct suite_options *options, const char *folder,
                  const char **what);

/* Removes all this again. */
void parcel_remove(struct arena *arena, const char *folder);

#endif
