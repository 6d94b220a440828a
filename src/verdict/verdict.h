/*
 * What came of a program: the verdict, the reason, and what a person needs to understand it. A
 * child fills it in shared memory and the parent prints it, also when the child died half-way.
 */
#ifndef TCPCLOSE_VERDICT_VERDICT_H
#define TCPCLOSE_VERDICT_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/usec.h"
#include "verdict/match.h"
#include "wire/encapsulation.h"
#include "wire/segment.h"
#include "wire/tcp_state.h"

enum verdict_kind {
	VERDICT_NONE, /* not (yet) known: the child died if this is what is left */
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_XFAIL,
	VERDICT_XPASS,
	VERDICT_SKIP,
	VERDICT_INVALID, /* the harness was late, or broke: says nothing of the kernel */
	VERDICT_ERROR,   /* the script is wrong */
	VERDICT_CHECKED, /* the script is good, and was not to be played (--dry_run) */
	VERDICT_KINDS
};

/* "PASS", ... */
const char *verdict_name(enum verdict_kind kind);

enum event_kind {
	EVENT_INJECTED,      /* -> kernel */
	EVENT_SENT,          /* <- kernel */
	EVENT_CALL,          /* a call that returned at once */
	EVENT_CALL_BEGUN,    /* a blocking call went to sleep */
	EVENT_CALL_RETURNED, /* ... and came back */
	EVENT_COMMAND,
	EVENT_OBSERVED,
};

enum { CLASSIFIED_TEXT = 128 };

/* A line of the ladder. */
struct event {
	enum event_kind kind;
	struct range where;     /* the line of the script it came from; {0,0}: none */
	usec_t at;              /* since the start of the script */
	usec_t late;            /* at, less when the script wanted it (0 where it did not say) */
	long result;            /* of a call, of a command */
	int error;              /* errno value */
	unsigned connection;    /* number of the connection, from 1; 0: none */
	struct segment segment; /* script values; no payload */
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
/* Room for one more; zeroed. Its number, from 0, is trace->count before the call. */
struct event *trace_add(struct trace *trace);
/* The event of a number; NULL when it is not kept any more. */
struct event *trace_at(struct trace *trace, size_t number);

/* Keeps a segment when its packet goes: without payload, and the headers around it in `outer`. */
void segment_keep(struct segment *kept, const struct segment *segment,
                  uint8_t outer[ENCAPSULATION_MAX]);

enum { VERDICT_TEXT = 512 };

struct verdict {
	enum verdict_kind kind;
	char reason[VERDICT_TEXT];    /* one line, without position: "the segment's ack differs" */
	char detail[VERDICT_TEXT];    /* more, or "" */
	struct range where;           /* what the caret points at */
	struct range line;            /* the event it belongs to */
	usec_t at;                    /* when, since the start of the script */
	struct mismatches mismatches; /* field by field, may be empty */
	bool has_want, has_seen;
	struct packet_want want;
	struct segment seen; /* script values, no payload */
	uint8_t seen_outer[ENCAPSULATION_MAX];
	char classified[CLASSIFIED_TEXT]; /* what the seen segment is */
	bool has_state;
	struct tcp_status state; /* at that moment */
	usec_t duration;         /* of the run, without set-up */
	usec_t late_max;         /* the harness's greatest lateness */
	usec_t late_sum;         /* all of its latenesses */
	usec_t command_max;      /* the longest that a shell command took, between others */
	usec_t off;              /* nothing is wrong but a time, by so much over what is let pass */
	usec_t pressure;         /* before it failed: somebody on the machine waited for a CPU */
	usec_t late_median, late_p99;
	unsigned warnings;       /* --non_fatal mismatches that were let pass */
	char lost[VERDICT_TEXT]; /* a file of the run that could not be written, and why; or "" */
	struct trace trace;
};

#endif
