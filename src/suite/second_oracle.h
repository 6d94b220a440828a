/* What a run saw is held against the model, too (--model). */
#ifndef TCPCLOSE_SUITE_SECOND_ORACLE_H
#define TCPCLOSE_SUITE_SECOND_ORACLE_H

#include "suite/options.h"
#include "suite/test.h"

/*
 * For a run that is over. Did it pass, and the model finds something, then it fails; did it fail
 * already, the finding is added to the details. Without --model nothing happens.
 */
void second_oracle(struct test *test, const struct suite_options *options);

#endif
