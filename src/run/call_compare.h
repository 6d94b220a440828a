/*
 * Compares values of the script with what a call left in memory. Each function compares one thing,
 * which reports call `what`, and returns false when the run has failed.
 */
#ifndef TCPCLOSE_RUN_CALL_COMPARE_H
#define TCPCLOSE_RUN_CALL_COMPARE_H

#include "run/live_call.h"

/* Adds a mismatch. */
void call_note(struct running *run, struct range where, const char *what, const char *wanted,
               const char *seen);

/*
 * Reports that memory is as it was before the call, although the call should have written `wanted`.
 */
bool call_is_unwritten(struct running *run, const struct live_call *call, struct range where,
                       const char *what, const char *wanted);

bool call_check_number(struct running *run, const struct live_call *call, struct range where,
                       const char *what, int64_t wanted, int64_t seen);
bool call_check_error(struct running *run, const struct live_call *call, const struct value *want,
                      int64_t seen); /* errno values; 0: none */
bool call_check_flags(struct running *run, const struct live_call *call, struct range where,
                      const char *what, enum symbol_group group, int64_t wanted, int64_t seen);

/* The bytes at `seen` are the first `length` bytes of an output. */
bool call_check_bytes(struct running *run, const struct live_call *call, const struct value *want,
                      const char *what, const char *seen, size_t length);

/* The first `length` bytes of the structure at `memory` are there. */
bool call_check_record(struct running *run, const struct live_call *call,
                       const struct value *record, const void *memory, size_t length);

/* Reads an integer of 1, 4 or 8 bytes. */
int64_t call_read_integer(const void *memory, size_t size);

#endif
