/* What a call returned and what it wrote against what the script says. */
#ifndef TCPCLOSE_RUN_CALL_CHECK_H
#define TCPCLOSE_RUN_CALL_CHECK_H

#include "run/live_call.h"

/* What the call returned, and then what it wrote. False when the run has failed. */
bool call_check(struct running *run, struct live_call *call);

#endif
