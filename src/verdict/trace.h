/* The trace: what happened, event by event. */
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
	EVENT_CALL_BEGUN,    /* a call that blocks went to sleep */
	EVENT_CALL_RETURNED, /* it returned */
	EVENT_COMMAND,
	EVENT_OBSERVED,
	EVENT_ENDED, /* a process ended; `where` is the line that started it */
};

enum { CLASSIFIED_TEXT = 128 };

/* An event, which is a line of the ladder in a report. */
struct event {
	enum event_kind kind;
	struct range where; /* the line of the script that it belongs to; {0,0}: none */
	usec_t at;          /* script time */
	usec_t late; /* how much later this is than the script wants it (0 where it does not say) */
	usec_t over; /* of a command that is waited for: when it ended; else 0 */
	/* For a call: what is written, without the time at which it must return. */
	struct range said;
	struct range wanted; /* for a call: where its result begins in `said`; {0,0}: nowhere */
	/* Of a call or an observation; for a command or the end of a process, a wait status. */
	long result;
	int error;              /* an errno value */
	short revents;          /* of poll() and epoll_wait(): of the first descriptor */
	int value;              /* of getsockopt() and ioctl(): the first bytes of the answer */
	bool as_written;        /* result and error are what the script says, word for word */
	unsigned connection;    /* its number, from 1; 0: none */
	unsigned ordinal;       /* of a packet: which of those injected, or sent, from 1 */
	struct segment segment; /* in the script's numbers, without payload */
	uint32_t counted_from;  /* its sequence number is so much greater on the wire */
	uint8_t outer[ENCAPSULATION_MAX]; /* outer headers of the segment */
	struct tcp_status state;          /* EVENT_OBSERVED */
	char classified[CLASSIFIED_TEXT]; /* "retransmitted FIN", or "" */
};

enum { TRACE_EVENTS = 1024 }; /* so many are kept: the last ones */

struct trace {
	struct event events[TRACE_EVENTS];
	size_t count; /* of all events; the newest is at (count - 1) % TRACE_EVENTS */
};

/* The i-th of the events that are kept, the oldest first; NULL after the newest. */
const struct event *trace_get(const struct trace *trace, size_t i);
size_t trace_kept(const struct trace *trace);

/*
 * Of a call that begins with the i-th of the kept events: the index of the one with which it came
 * back, or trace_kept() when there is none: it is still under way. Any other event: 0.
 */
size_t trace_return(const struct trace *trace, size_t i);

/* Tells whether that event is the beginning of a call that is still under way. */
bool trace_is_blocked(const struct trace *trace, size_t i);

/* Adds an event of zeros, and returns it. Its number, from 0, is trace->count before the call. */
struct event *trace_add(struct trace *trace);
/* The event with this number; NULL when there is none, or it is not kept any more. */
struct event *trace_at(struct trace *trace, size_t number);
const struct event *trace_event(const struct trace *trace, size_t number);

/*
 * How long the connection of an event had been quiet before it: the time since the packet before,
 * which a timer that sends may have run. 0: there was none.
 */
usec_t trace_quiet_before(const struct trace *trace, size_t number);

/*
 * Keeps a segment after its packet is gone: without payload, and with its outer headers in `outer`.
 */
void segment_keep(struct segment *kept, const struct segment *segment,
                  uint8_t outer[ENCAPSULATION_MAX]);

#endif
