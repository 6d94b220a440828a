/* What came of a test, as a file: the way of a result from a guest to the host. */
#ifndef TCPCLOSE_SUITE_RESULT_H
#define TCPCLOSE_SUITE_RESULT_H

#include <stdbool.h>

#include "suite/test.h"

/*
 * Writes what a run has filled in. Only for the same program to read: the bytes are those of its
 * memory. False with errno.
 */
bool result_write(const struct test *test, const char *path);

/*
 * Reads it into a test that was prepared and not started. False, with nothing that counts changed,
 * when the file is not whole.
 */
bool result_read(struct test *test, const char *path);

#endif
