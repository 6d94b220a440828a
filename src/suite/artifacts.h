/*
 * What is kept of a test that did not pass, in a folder of its own below --artifacts: wire.pcap,
 * recording.rec, transcript.txt, sockets.txt, counters.txt, and what parcel.h writes.
 */
#ifndef TCPCLOSE_SUITE_ARTIFACTS_H
#define TCPCLOSE_SUITE_ARTIFACTS_H

#include "report/report.h"
#include "suite/test.h"

/*
 * Makes the folder that --artifacts names, and returns its absolute path. NULL, with errno, when it
 * cannot be made or written to.
 */
const char *artifacts_prepare(struct arena *arena, const char *path);

/* Names its folder, which a guest makes. */
void artifacts_name(struct test *test, const char *folder);

/* Copies the console of a guest, which ended with the test, from the guest's folder. */
void artifacts_add_console(const struct test *test, const char *folder);

/* Before a test starts: makes its folder, anew. test->artifacts stays NULL when that fails. */
void artifacts_begin(struct test *test, const char *folder);

const char *artifact_path(const struct test *test, const char *file);

/* In the child, when the program was played and its world still is there: sockets and counters. */
void artifacts_of_world(const struct test *test);

/* By its verdict: what passed, was skipped or is known leaves nothing, unless that is asked for. */
bool artifacts_are_wanted(const struct test *test, const struct suite_options *options);

/* In the parent: the rest of it, or its removal when told->artifacts is NULL. */
void artifacts_end(struct test *test, const struct suite_options *options,
                   const struct report_test *told);

/* The try will be followed by another: what it left is kept under its own name. */
void artifacts_keep_try(struct test *test);

#endif
