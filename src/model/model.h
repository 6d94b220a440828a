/*
 * The judge: it watches one endpoint of one connection from outside.
 *
 * 1. What the endpoint is (a struct tcb) is not known for certain: the RFCs leave things open, and
 *    a watcher does not see everything. So the judge keeps a few candidates.
 * 2. A segment that arrives, or a call, moves each candidate by the rules. Where a rule is open,
 *    one candidate becomes two.
 * 3. What is seen of the endpoint (a segment that it sends, a result, a state) filters the
 *    candidates. A row that forbids it removes the candidate.
 * 4. When no candidate is left, steps are tried that nobody sees (time_rules.h): a timer, or a call
 *    of a program that is not watched.
 * 5. When still no candidate is left, there is a finding. It names the rule that removed the
 *    candidate that was right for longest. After that the connection is not judged any more: what
 *    follows would only repeat the finding.
 * 6. Time passes with each event, so something that is overdue removes candidates, too.
 *
 * The judge does no I/O, reads no clock, and uses only the memory that the caller gives it.
 */
#ifndef TCPCLOSE_MODEL_MODEL_H
#define TCPCLOSE_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/call_rules.h"
#include "model/circumstances.h"
#include "model/counter_rules.h"
#include "model/rule.h"
#include "model/tcb.h"

enum { MODEL_CANDIDATES = 48 }; /* at most; the caller may have room for fewer */

/* What the judge has found wrong. */
struct model_finding {
	const struct rule *rule; /* the rule that was broken; NULL: there is no finding */
	usec_t at;               /* the time when it was seen, or when it was due at the latest */
	uint64_t place;          /* `place` of what was seen; 0 when something was overdue */
	uint64_t cause;          /* `place` of the last segment that had arrived */
	enum tcp_state state;    /* the state of the last candidate */
	enum tcp_state seen;     /* when a state was seen: that state; otherwise 0 */
};

struct model {
	const struct model_circumstances *circumstances; /* not owned; may change between events */
	struct tcb *candidates;                          /* the caller's */
	uint8_t room, count;
	bool silent; /* nothing is judged any more */
	usec_t now;
	uint64_t cause; /* `place` of the last arrival */
	struct model_finding finding;
};

/*
 * `candidates` has to stay as long as the model does. `middle`: the connection was there before it
 * was watched.
 */
void model_init(struct model *model, struct tcb *candidates, size_t room,
                const struct model_circumstances *circumstances, usec_t now, bool middle);

/*
 * These tell what happens, in the order of time. `place` is the caller's number for it, such as an
 * event or a frame; a finding gives it back. Segments are TCP, with the numbers that the endpoint
 * uses. Each function returns true when there is a finding because of it.
 */
bool model_arrives(struct model *model, const struct segment *segment, usec_t at, uint64_t place);
/* An ICMP error arrives that quotes a segment of the endpoint. */
bool model_icmp_arrives(struct model *model, const struct segment *segment, usec_t at);
bool model_sends(struct model *model, const struct segment *segment, usec_t at, uint64_t place);
bool model_called(struct model *model, const struct call *call, usec_t at, uint64_t place);
/* The call may have been made or not; both are possible. */
void model_perhaps_called(struct model *model, const struct call *call, usec_t at);
bool model_returned(struct model *model, const struct call *call, usec_t at, uint64_t place);
bool model_state_seen(struct model *model, const struct tcp_status *status, usec_t at,
                      uint64_t place);
bool model_poll_seen(struct model *model, short events, short revents, usec_t at, uint64_t place);
/* `reasons`: of enum signal_reason. */
bool model_signals_seen(struct model *model, unsigned reasons, bool came, usec_t at,
                        uint64_t place);
bool model_time(struct model *model, usec_t now);

/* Signals are asked for from here on, or counted from here on. */
void model_signals_forget(struct model *model);

/* The listener that this connection came from is closed. */
void model_listener_closed(struct model *model);

/* SO_OOBINLINE is set, or taken back. */
void model_urgent_in_line(struct model *model, bool in_line);

/* From here on nothing is known: nothing more is judged. */
void model_silence(struct model *model);

/* Tells whether a timer may have changed the state by now, though nobody has seen it. */
bool model_may_have_expired(const struct model *model, usec_t now);

/* How much this connection has moved a counter: at least, and at most. */
void model_counted(const struct model *model, enum counter counter, unsigned *least,
                   unsigned *most);

/* The states that are possible now, as a set of IN(). */
unsigned model_states(const struct model *model);

#endif
