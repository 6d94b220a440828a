/* What a failure has in the script's own doing, where that is known: the evidence's detail. */
#ifndef TCPCLOSE_RUN_EXPLAIN_H
#define TCPCLOSE_RUN_EXPLAIN_H

#include "run/running.h"

/* The run has failed: says why, unless something was said already. */
void explain_failure(struct running *run);

#endif
