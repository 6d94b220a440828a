/*
 * The memory of a call: what it is given, and what it can write. All that it can write is named to
 * the world (host_call.outputs) and holds none of what the script expects.
 */
#ifndef TCPCLOSE_RUN_CALL_MEMORY_H
#define TCPCLOSE_RUN_CALL_MEMORY_H

#include "run/live_call.h"

/* `size` zeroed bytes, aligned for anything, valid until call_release(). NULL: there are none. */
void *call_take(struct live_call *call, size_t size);

/* Room for the outputs that the arguments of the call can have. False: there is no memory. */
bool call_outputs_open(struct live_call *call);

/*
 * The call can write these `size` bytes; they are poisoned when the kind says so, NULL or no bytes
 * are no output. False when there are more than call_outputs_open() has counted.
 */
bool call_output(struct live_call *call, void *bytes, size_t size, enum output_kind kind);

/*
 * Frees what was taken; but not what --send_omit_free keeps, because the kernel may still read what
 * a call with MSG_ZEROCOPY has sent.
 */
void call_release(struct running *run, struct live_call *call);

/*
 * A member of { msg_name(...)=..., msg_iov(1)=[...] } and its like; NULL when it was not written.
 */
const struct value *call_member(const struct value *record, const char *name);
int64_t call_member_number(const struct value *record, const char *name); /* 0 without it */

/* Writes the fields of a record into the structure at `memory`. */
void call_put_record(struct running *run, const struct value *record, void *memory);

/*
 * What the call was given for the first argument of this kind in its row (a pointer to the address,
 * to the buffer ...); 0 when it has none.
 */
long call_argument(const struct live_call *call, enum argument_kind kind);

#endif
