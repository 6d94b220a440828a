/* A call on its way: the program's values, the kernel's words, and the memory between them. */
#ifndef TCPCLOSE_RUN_LIVE_CALL_H
#define TCPCLOSE_RUN_LIVE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "program/symbols.h"
#include "program/syscalls.h"
#include "run/running.h"

enum { CALL_MEMORY = 512, CONTROL_ROOM = 4096 };

struct live_call {
	const struct call_want *want;
	const struct step *step;
	struct host_call host;
	usec_t due, end;               /* script time; `end` of blocking calls only */
	usec_t late_before;            /* run->late_sum when it began */
	struct connection *connection; /* of its first descriptor */
	struct live_call *next;        /* pending */
	size_t used;
	_Alignas(16) char memory[CALL_MEMORY];
	struct call_block *more; /* what did not fit */
	struct arena *shared;    /* ... is here when another process makes the call */
};

/* ---- call_put.c: values to memory ---- */

/* Lays out all arguments. False when memory ran out, which ends the run. */
bool call_put(struct running *run, struct live_call *call);

/* Frees what call_put() took. */
void call_release(struct running *run, struct live_call *call);

/* Writes the fields of a record into the structure at `memory`. */
void call_put_record(struct running *run, const struct value *record, void *memory);

/*
 * A member of { msg_name(...)=..., msg_iov(1)=[...] } and its like; NULL when it was not written.
 */
const struct value *call_member(const struct value *record, const char *name);
int64_t call_member_number(const struct value *record, const char *name); /* 0 without it */

/* ---- call_control.c: control messages, cmsg(3) ---- */

void call_put_control(struct running *run, struct msghdr *message, const struct value *list);
bool call_check_control(struct running *run, const struct live_call *call, const struct value *list,
                        struct msghdr *message);

/* ---- call_check.c: memory against values ---- */

/* What the call returned, and then what it wrote. False when the run has failed. */
bool call_check(struct running *run, struct live_call *call);

/* These compare one thing, and report it by the name `what`. */
bool call_check_number(struct running *run, const struct live_call *call, struct range where,
                       const char *what, int64_t wanted, int64_t seen);
bool call_check_flags(struct running *run, const struct live_call *call, struct range where,
                      const char *what, enum symbol_group group, int64_t wanted, int64_t seen);
bool call_check_bytes(struct running *run, const struct live_call *call, const struct value *want,
                      const char *what, const char *seen, size_t length);
bool call_check_record(struct running *run, const struct live_call *call,
                       const struct value *record, const void *memory, size_t length);

/* An integer of 1, 4 or 8 bytes. */
int64_t call_read_integer(const void *memory, size_t size);

#endif
