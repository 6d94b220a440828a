/*
 * What a guest tells its host, in files of the folder that they share: see guests.c for who reads
 * them.
 */
#ifndef TCPCLOSE_SUITE_TELL_H
#define TCPCLOSE_SUITE_TELL_H

#include "suite/machine.h"
#include "suite/test.h"

/* What this kernel is. */
void tell_facts(const struct report_fact *facts);

/* That a test begins; in virtual time, when the clock is where it is to begin. */
void tell_begin(const struct test *test, const struct suite_options *options);

/* What came of it. */
void tell_result(struct test *test, const struct suite_options *options);

#endif
