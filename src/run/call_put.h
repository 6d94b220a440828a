/* Writes the values of a call into memory, as the row of the call says. */
#ifndef TCPCLOSE_RUN_CALL_PUT_H
#define TCPCLOSE_RUN_CALL_PUT_H

#include "run/live_call.h"

/*
 * Writes all arguments, and makes room for what the call writes. Nothing that the script expects is
 * written there. Returns false when there is no memory; then the run is over.
 */
bool call_put(struct running *run, struct live_call *call);

#endif
