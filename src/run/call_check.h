/*
 * What a call returned and what it wrote against what the script says. Each function compares one
 * thing, reports it by the name `what`, and is false when the run has failed.
 */
#ifndef TCPCLOSE_RUN_CALL_CHECK_H
#define TCPCLOSE_RUN_CALL_CHECK_H

#include "run/live_call.h"

/* What the call returned, and then what it wrote. */
bool call_check(struct running *run, struct live_call *call);

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
