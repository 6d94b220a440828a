/*
 * Values of the script against what a call left in memory. Each function compares one thing,
 * reports it by the name `what`, and is false when the run has failed.
 */
#ifndef TCPCLOSE_RUN_CALL_COMPARE_H
#define TCPCLOSE_RUN_CALL_COMPARE_H

#include "run/live_call.h"

/* Adds to what differs. */
void call_note(struct running *run, struct range where, const char *what, const char *wanted,
               const char *seen);

/* Reports that memory is as it was before the call, where the call was to write `wanted`. */
bool call_is_unwritten(struct running *run, const struct live_call *call, struct range where,
                       const char *what, const char *wanted);

bool call_check_number(struct running *run, const struct live_call *call, struct range where,
                       const char *what, int64_t wanted, int64_t seen);
bool call_check_flags(struct running *run, const struct live_call *call, struct range where,
                      const char *what, enum symbol_group group, int64_t wanted, int64_t seen);

/* The bytes are the first of an output. */
bool call_check_bytes(struct running *run, const struct live_call *call, const struct value *want,
                      const char *what, const char *seen, size_t length);

/* Of the structure at `memory` the first `length` bytes are there. */
bool call_check_record(struct running *run, const struct live_call *call,
                       const struct value *record, const void *memory, size_t length);

/* An integer of 1, 4 or 8 bytes. */
int64_t call_read_integer(const void *memory, size_t size);

#endif
