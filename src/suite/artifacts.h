/*
 * Keeps what is left of a test that did not pass, in a folder of its own below that of --artifacts:
 * wire.pcap, recording.rec, transcript.txt, sockets.txt, counters.txt, and the files of parcel.h.
 */
#ifndef TCPCLOSE_SUITE_ARTIFACTS_H
#define TCPCLOSE_SUITE_ARTIFACTS_H

#include "report/report.h"
#include "suite/test.h"

/*
 * Makes the folder of --artifacts, and returns its absolute path. Returns NULL with errno when it
 * cannot be made or written to.
 */
const char *artifacts_prepare(struct arena *arena, const char *path);

/* Names the folder of the test; a guest makes it. */
void artifacts_name(struct test *test, const char *folder);

/* Copies the console of a guest that ended during the test, from the guest's folder. */
void artifacts_add_console(const struct test *test, const char *folder);

/* Before a test starts: makes its folder, empty. When that fails, test->artifacts stays NULL. */
void artifacts_begin(struct test *test, const char *folder);

const char *artifact_path(const struct test *test, const char *file);

/*
 * In the child, when the program was played and its world still exists: writes sockets and
 * counters.
 */
void artifacts_of_world(const struct test *test);

/*
 * Tells by the verdict whether something is kept: nothing of a test that passed, was skipped or has
 * a known bug, unless the user wants it.
 */
bool artifacts_are_wanted(const struct test *test, const struct suite_options *options);

/* In the parent: writes the other files, or removes all when told->artifacts is NULL. */
void artifacts_end(struct test *test, const struct suite_options *options,
                   const struct report_test *told);

/* There will be another try: what this one left is kept under other names. */
void artifacts_keep_try(struct test *test);

#endif
