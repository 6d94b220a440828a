/* The values of a call are laid out in memory as its row says. */
#ifndef TCPCLOSE_RUN_CALL_PUT_H
#define TCPCLOSE_RUN_CALL_PUT_H

#include "run/live_call.h"

/*
 * Lays out all arguments, and room for what the call writes. Nothing of what the script expects is
 * written there. False when memory ran out, which ends the run.
 */
bool call_put(struct running *run, struct live_call *call);

/* Writes the fields of a record into the structure at `memory`. */
void call_put_record(struct running *run, const struct value *record, void *memory);

/*
 * What the call was given for the first argument of this kind in its row (a pointer to the address,
 * to the buffer ...); 0 when it has none.
 */
long call_argument(const struct live_call *call, enum argument_kind kind);

#endif
