/*
 * Explains a failure that comes from what the script itself did, where that is known. The
 * explanation goes into the detail of the evidence.
 */
#ifndef TCPCLOSE_RUN_EXPLAIN_H
#define TCPCLOSE_RUN_EXPLAIN_H

#include "run/running.h"

/* The run has failed: explains why, unless there is a detail already. */
void explain_failure(struct running *run);

#endif
