/*
 * The calls of a program: what they do to the connection (RFC 9293 3.10.1 to 3.10.6, shutdown(2),
 * socket(7), tcp(7)), and which results they may have.
 */
#ifndef TCPCLOSE_MODEL_CALL_RULES_H
#define TCPCLOSE_MODEL_CALL_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/circumstances.h"
#include "model/rule.h"
#include "model/tcb.h"

enum call_kind {
	CALL_SEND,       /* write(2), send(2) ... */
	CALL_RECEIVE,    /* read(2), recv(2) ... */
	CALL_SHUT_READ,  /* shutdown(2) with SHUT_RD */
	CALL_SHUT_WRITE, /* ... SHUT_WR */
	CALL_SHUT_BOTH,  /* ... SHUT_RDWR */
	CALL_CLOSE,      /* close(2) of the last descriptor */
	CALL_LINGER,     /* the same with SO_LINGER {1, 0} */
	CALL_ABORT,      /* connect(2) to AF_UNSPEC */
	CALL_ERROR,      /* getsockopt(2) with SO_ERROR */
	CALL_URGENT,     /* recv(2) with MSG_OOB */
	CALL_AT_MARK,    /* ioctl(2) with SIOCATMARK: `result` is what it says */
	CALL_QUEUED,     /* ... with SIOCINQ */
	CALL_CONNECT,    /* connect(2) to an address: it tells an error that waits, too */
	CALL_KINDS
};

enum { CALL_ASKED_UNKNOWN = INT32_MAX };

struct call {
	enum call_kind kind;
	int64_t asked;  /* bytes that were asked for; 0 when the call has none */
	int64_t result; /* set when the call has returned */
	int error;      /* an errno value: when the result is -1, or what SO_ERROR says */
	bool keeps;     /* MSG_PEEK: what is received stays in the queue */
	bool aside;     /* the error queue, which does not belong to the stream */
	bool urgent;    /* CALL_SEND with MSG_OOB */
	bool waited;    /* it was blocked for some time */
	bool accepted;  /* its descriptor is from accept(2) */
};

/* What a call does when it is made. */
struct call_effect {
	struct rule rule;
	unsigned kinds; /* 1 << enum call_kind */
	unsigned states;
	bool (*when)(const struct tcb *tcb);
	bool open; /* the row may be applied, or those below: both are right */
	void (*effect)(struct tcb *tcb, usec_t now,
	               const struct model_circumstances *circumstances);
};

extern const struct call_effect call_effects[];
extern const size_t call_effect_count;

/* What a call may return. Rows of the same state are alternatives. */
enum outcome { OUTCOME_ZERO, OUTCOME_ONE, OUTCOME_COUNT, OUTCOME_ERROR, OUTCOME_VALUE };

struct call_result {
	struct rule rule;
	unsigned kinds;
	unsigned states;
	bool (*when)(const struct tcb *tcb);
	enum outcome outcome;
	int error; /* an errno value, for OUTCOME_ERROR */
};

extern const struct call_result call_results[];
extern const size_t call_result_count;

/* Like arrival_apply(), for a call that is made. */
size_t call_apply(const struct tcb *tcb, const struct call *call, usec_t now,
                  const struct model_circumstances *circumstances, struct tcb *after, size_t room);

/*
 * Judges what a call has returned. Returns NULL when a row allows it, and then notes what was read.
 * Otherwise it returns the first row that says what should have been returned. When no row applies
 * to a call, it may return anything.
 */
const struct rule *call_judge(struct tcb *tcb, const struct call *call,
                              const struct model_circumstances *circumstances);

#endif
