/* What happened, event by event: the lines of the ladder. */
#ifndef TCPCLOSE_VERDICT_TRACE_H
#define TCPCLOSE_VERDICT_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/usec.h"
#include "wire/encapsulation.h"
#include "wire/segment.h"
#include "wire/tcp_state.h"

enum event_kind {
	EVENT_INJECTED,      /* -> kernel */
	EVENT_SENT,          /* <- kernel */
	EVENT_CALL,          /* a call that returned at once */
	EVENT_CALL_BEGUN,    /* a blocking call went to sleep */
	EVENT_CALL_RETURNED, /* ... and came back */
	EVENT_COMMAND,
	EVENT_OBSERVED,
	EVENT_ENDED, /* a process ended; `where` is the line that started it */
};

enum { CLASSIFIED_TEXT = 128 };

/* A line of the ladder. */
struct event {
	enum event_kind kind;
	struct range where;     /* the line of the script it came from; {0,0}: none */
	usec_t at;              /* since the start of the script */
	usec_t late;            /* at, less when the script wanted it (0 where it did not say) */
	usec_t over;            /* of a command that is waited for: when it ended; else 0 */
	struct range said;      /* of a call: what is written, without when it is to return */
	struct range wanted;    /* of a call: in that, where its result begins; {0,0}: nowhere */
	long result;            /* of a call, of a look; a wait status, of a command and an end */
	int error;              /* errno value */
	short revents;          /* of poll(), its first descriptor */
	bool as_written;        /* both are what the script says, word for word */
	unsigned connection;    /* number of the connection, from 1; 0: none */
	unsigned ordinal;       /* of a packet: which of those injected, or sent, from 1 */
	struct segment segment; /* script values; no payload */
	uint32_t counted_from;  /* its sequence number is so much greater on the wire */
	uint8_t outer[ENCAPSULATION_MAX]; /* of the segment */
	struct tcp_status state;          /* EVENT_OBSERVED */
	char classified[CLASSIFIED_TEXT]; /* "retransmitted FIN", or "" */
};

enum { TRACE_EVENTS = 1024 }; /* the last so many are kept */

struct trace {
	struct event events[TRACE_EVENTS];
	size_t count; /* all there were; the newest is at (count - 1) % TRACE_EVENTS */
};

/* The i-th of the kept events, oldest first; NULL beyond the newest. */
const struct event *trace_get(const struct trace *trace, size_t i);
size_t trace_kept(const struct trace *trace);

/*
 * Of a call that begins with the i-th of the kept events: the index of the one with which it came
 * back, or trace_kept() when there is none: it is still under way. Any other event: 0.
 */
size_t trace_return(const struct trace *trace, size_t i);

/* Room for one more; zeroed. Its number, from 0, is trace->count before the call. */
struct event *trace_add(struct trace *trace);
/* The event of a number; NULL when there is none, or it is not kept any more. */
struct event *trace_at(struct trace *trace, size_t number);
const struct event *trace_event(const struct trace *trace, size_t number);

/* Keeps a segment when its packet goes: without payload, and the headers around it in `outer`. */
void segment_keep(struct segment *kept, const struct segment *segment,
                  uint8_t outer[ENCAPSULATION_MAX]);

#endif
