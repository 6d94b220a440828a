/* What a guest tells its host, in files of the folder that they share. guests.c reads them. */
#ifndef TCPCLOSE_SUITE_TELL_H
#define TCPCLOSE_SUITE_TELL_H

#include "suite/machine.h"
#include "suite/test.h"

/* Tells what this kernel is. */
void tell_facts(const struct report_fact *facts);

/*
 * Tells that a test begins. In virtual time, first waits until the clock is where the test must
 * begin.
 */
void tell_begin(const struct test *test, const struct suite_options *options);

/* Tells the result of the test. */
void tell_result(struct test *test, const struct suite_options *options);

#endif
