/* The result of a test as a file, by which it goes from a guest to its host. */
#ifndef TCPCLOSE_SUITE_RESULT_H
#define TCPCLOSE_SUITE_RESULT_H

#include <stdbool.h>

#include "suite/test.h"

/*
 * Writes what a run has filled in. Only the same program can read the file, because its bytes are
 * those in memory. Returns false with errno on an error.
 */
bool result_write(const struct test *test, const char *path);

/*
 * Reads the file into a test that was prepared and not started. Returns false when the file is not
 * complete; then nothing has changed that counts.
 */
bool result_read(struct test *test, const char *path);

#endif
