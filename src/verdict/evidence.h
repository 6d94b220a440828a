/*
 * What a run saw, and how it ended. The child that plays a program fills it in, in memory that it
 * shares with its parent; it is constant afterwards, also when the child died half-way. What it
 * means is for judge.h to say.
 */
#ifndef TCPCLOSE_VERDICT_EVIDENCE_H
#define TCPCLOSE_VERDICT_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/usec.h"
#include "model/transitions.h"
#include "verdict/edits.h"
#include "verdict/match.h"
#include "verdict/trace.h"
#include "wire/encapsulation.h"
#include "wire/segment.h"
#include "wire/tcp_state.h"

/* Whoever sees how it ended says so: the run, or its parent where the run could not. */
enum ending {
	ENDING_NONE,    /* nobody has said so yet: the child died if this is what is left */
	ENDING_WELL,    /* all was as the script has it */
	ENDING_WRONG,   /* something was not */
	ENDING_BROKEN,  /* the harness or the machine could not go on: says nothing of the kernel */
	ENDING_MISSING, /* something is not there that the script needs */
	ENDING_SCRIPT,  /* the script is wrong */
	ENDING_CHECKED, /* the script is good, and was not to be played */
	ENDINGS
};

enum { VERDICT_TEXT = 512 };

/* No event. */
#define EVENT_NONE SIZE_MAX

enum { PARTS_MAX = 8, LET_PASS_MAX = 64, LET_PASS_TEXT = 256 };

enum { FATES_MAX = 4, FATE_TEXT = 128 };

/* What the kernel says of a packet: "dropped: TCP_OLD_SEQUENCE, in tcp_validate_incoming". */
struct packet_fate {
	size_t event;
	char text[FATE_TEXT];
};

/* A mismatch that --non_fatal let pass, told as a failure would be, but short. */
struct let_pass {
	struct range where;
	usec_t at;
	size_t event;
	char text[LET_PASS_TEXT]; /* "the kernel's segment is not the one wanted: ack wanted ..." */
};

/*
 * The call that the run is in, for its parent: a call that should return and does not may not even
 * be interrupted.
 */
struct call_under_way {
	unsigned count;     /* of calls begun and over: odd within one */
	const char *name;   /* static: "close" */
	struct event begun; /* for the trace, when it does not return */
	usec_t patience;    /* so long it may take; USEC_FOREVER: it may wait for something */
};

enum { RULE_TEXT = 64, CLAUSE_TEXT = 128 };

/* What the model says of the run, where it was asked. */
struct second_opinion {
	bool asked;
	char rule[RULE_TEXT]; /* that was broken, by its name; "": none */
	char clause[CLAUSE_TEXT];
	enum tcp_state state;     /* that the connection was in by the model; 0: of no connection */
	bool missed;              /* something did not come that had to */
	unsigned judged, in_part; /* connections */
	struct transitions taken; /* rules, in their states */
};

struct evidence {
	enum ending ending;
	char reason[VERDICT_TEXT]; /* one line, without position: "close returned 0, not -1" */
	char detail[VERDICT_TEXT]; /* more, or "" */
	struct range where;        /* the words that it is about, for a caret */
	struct range line;         /* the event of the script */
	usec_t at;                 /* when it ended, since the start of the script */

	/* What it is about: an event by its number in the trace (EVENT_NONE: none, as when nothing
	   came), and a connection by its number (0: none). */
	size_t event;
	unsigned connection;

	bool has_want, has_seen; /* a segment that the line wanted; one that came */
	struct packet_want want;
	struct segment seen; /* script values, no payload; of several together: the whole */
	uint8_t seen_outer[ENCAPSULATION_MAX];
	size_t parts[PARTS_MAX]; /* events of the packets that make it up, the first is `event` */
	unsigned part_count;     /* all there were; 0 or 1: it came by itself */
	struct mismatches mismatches; /* field by field, may be empty */
	bool has_state;
	struct tcp_status state; /* of the connection, at that moment */
	char moved
		[VERDICT_TEXT]; /* counters that moved: "ListenDrops +1"; "": not known, or none */
	struct packet_fate fates[FATES_MAX]; /* of packets near the end, the last one first */
	unsigned fate_count;
	char untold[VERDICT_TEXT];              /* why the kernel was not asked for them, or "" */
	struct let_pass let_pass[LET_PASS_MAX]; /* the first of them */
	unsigned let_pass_count;                /* all there were */

	struct call_under_way under_way;

	/* The harness and the machine. */
	usec_t duration;    /* of the run, without set-up */
	usec_t late_max;    /* the harness's greatest lateness before it ended */
	usec_t late_recent; /* the greatest since the last segment or state that held */
	usec_t late_sum;    /* all of its latenesses */
	usec_t late_median, late_p99;
	usec_t waited;      /* the script's programs, for a processor */
	usec_t command_max; /* the longest that a shell command took, between others */
	usec_t hung;        /* a call has not returned for so long; 0: none hangs */
	usec_t off;         /* nothing is wrong but a time, by so much over what is let pass */
	bool early;         /* ... it is too early by that */
	usec_t late_kernel; /* the kernel's segments before that, all together */
	usec_t pressure;    /* before it ended: somebody on the machine waited for a CPU */
	char left_out[VERDICT_TEXT]; /* of the script, for a stack cannot show it; or "" */
	char lost[VERDICT_TEXT]; /* a file of the run that could not be written, and why; or "" */

	struct second_opinion model;

	struct trace trace;

	struct edits edits; /* what would make the script right, as far as that is known */
};

#endif
