/*
 * The memory of a call: what it is given, and what it can write. Everything that it can write is
 * made known to the world (host_call.outputs), and holds nothing of what the script expects.
 */
#ifndef TCPCLOSE_RUN_CALL_MEMORY_H
#define TCPCLOSE_RUN_CALL_MEMORY_H

#include "run/live_call.h"

/*
 * Returns `size` zeroed bytes, aligned for any type, which are valid until call_release(). Returns
 * NULL when there is no memory.
 */
void *call_take(struct live_call *call, size_t size);

/*
 * Makes room for the outputs that the arguments of the call can have. Returns false when there is
 * no memory.
 */
bool call_outputs_open(struct live_call *call);

/*
 * Makes known that the call can write these `size` bytes, and poisons them when `kind` says so.
 * NULL, or a size of 0, is no output. Returns false when there are more than call_outputs_open()
 * has counted.
 */
bool call_output(struct live_call *call, void *bytes, size_t size, enum output_kind kind);

/*
 * The kernel may still read the memory when such a call is over: that of vmsplice(2), and with
 * --send_omit_free what was sent with MSG_ZEROCOPY.
 */
bool call_keeps(const struct running *run, const struct syscall_row *row);

/* Frees what was taken, unless the call keeps it. */
void call_release(struct live_call *call);

/*
 * Returns a member of { msg_name(...)=..., msg_iov(1)=[...] } and the like; NULL when it was not
 * written.
 */
const struct value *call_member(const struct value *record, const char *name);
int64_t call_member_number(const struct value *record, const char *name); /* 0 without it */

/* Returns a field of a structure; NULL when it was not written. */
const struct value *call_item(const struct value *record, const char *name);

/* Writes the fields of a record into the structure at `memory`. */
void call_put_record(struct running *run, const struct value *record, void *memory);

/*
 * Returns what the call was given for the first argument of this kind in its row, such as a pointer
 * to the address or to the buffer; 0 when it has none.
 */
long call_argument(const struct live_call *call, enum argument_kind kind);

#endif
