/* Compares what a call returned and wrote with what the script says. */
#ifndef TCPCLOSE_RUN_CALL_CHECK_H
#define TCPCLOSE_RUN_CALL_CHECK_H

#include "run/live_call.h"

/*
 * Compares what the call returned, and then what it wrote. Returns false when the run has failed.
 */
bool call_check(struct running *run, struct live_call *call);

#endif
