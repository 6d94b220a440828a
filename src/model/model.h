/*
 * The judge: one endpoint of one connection, watched from outside. Theory of operation.
 *
 * 1. What the endpoint is in (a struct tcb) is not known for certain: the RFCs leave things open,
 *    and a watcher does not see everything. So the judge keeps a few candidates.
 * 2. A segment that arrives, and a call, move each candidate by the rules; where a rule is open one
 *    candidate becomes two.
 * 3. What is seen of the endpoint, a segment that it sends, a result, its state, filters them. Each
 *    row that forbids it takes a candidate away.
 * 4. Where none is left, steps are tried that nobody sees (time_rules.h): a timer, a call of a
 *    program that is not watched.
 * 5. Where still none is left there is a finding. It names the rule that took the candidate away
 *    that was right for longest. After it nothing more is said of this connection: what follows
 *    would only be its echo.
 * 6. Time passes with every call, so a duty that is overdue takes candidates away, too.
 *
 * Pure: no I/O, no clock, no memory but what the caller gives.
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

struct model_finding {
	const struct rule *rule; /* NULL: none */
	usec_t at;               /* when it was seen, or was due at the latest */
	uint64_t place;          /* of what was seen; of a duty: 0 */
	uint64_t cause;          /* of the last segment that had arrived */
	enum tcp_state state;    /* of the last candidate */
	enum tcp_state seen;     /* where a state was seen: this one; else 0 */
};

struct model {
	const struct model_circumstances *circumstances; /* not owned; may change between events */
	struct tcb *candidates;                          /* the caller's */
	uint8_t room, count;
	bool silent; /* nothing is judged any more */
	usec_t now;
	uint64_t cause; /* the place of the last arrival */
	struct model_finding finding;
};

/*
 * `candidates` has to stay as long as the model does. `middle`: the connection was there before it
 * was watched.
 */
void model_init(struct model *model, struct tcb *candidates, size_t room,
                const struct model_circumstances *circumstances, usec_t now, bool middle);

/*
 * What happens, in the order of time. `place` is the caller's: an event, a frame; it is handed back
 * in the finding. Segments are TCP, their numbers as the endpoint has them. Each returns true when
 * it led to a finding.
 */
bool model_arrives(struct model *model, const struct segment *segment, usec_t at, uint64_t place);
bool model_sends(struct model *model, const struct segment *segment, usec_t at, uint64_t place);
bool model_called(struct model *model, const struct call *call, usec_t at, uint64_t place);
/* ... or perhaps it was not called: both are possible. */
void model_perhaps_called(struct model *model, const struct call *call, usec_t at);
bool model_returned(struct model *model, const struct call *call, usec_t at, uint64_t place);
bool model_state_seen(struct model *model, enum tcp_state state, usec_t at, uint64_t place);
bool model_poll_seen(struct model *model, short events, short revents, usec_t at, uint64_t place);
bool model_time(struct model *model, usec_t now);

/* The listener that this connection came from is closed. */
void model_listener_closed(struct model *model);

/* From here on nothing is known: nothing more is judged. */
void model_silence(struct model *model);

/* By how much this connection has moved a counter, at the least and at the most. */
void model_counted(const struct model *model, enum counter counter, unsigned *least,
                   unsigned *most);

/* The states that are possible now, as a set of IN(). */
unsigned model_states(const struct model *model);

#endif
