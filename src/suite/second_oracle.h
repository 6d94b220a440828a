/* The second oracle: with --model, the model judges what a run saw, too. */
#ifndef TCPCLOSE_SUITE_SECOND_ORACLE_H
#define TCPCLOSE_SUITE_SECOND_ORACLE_H

#include "suite/options.h"
#include "suite/test.h"

/*
 * For a run that is over. When it has passed but the model finds something wrong, it fails. When it
 * has failed, the finding is added to the details. Without --model nothing happens.
 */
void second_oracle(struct test *test, const struct suite_options *options);

#endif
