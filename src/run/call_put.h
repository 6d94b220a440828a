/* The values of a call are laid out in memory as its row says. */
#ifndef TCPCLOSE_RUN_CALL_PUT_H
#define TCPCLOSE_RUN_CALL_PUT_H

#include "run/live_call.h"

/*
 * Lays out all arguments, and room for what the call writes. Nothing of what the script expects is
 * written there. False when memory ran out, which ends the run.
 */
bool call_put(struct running *run, struct live_call *call);

#endif
