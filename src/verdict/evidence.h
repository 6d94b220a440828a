/*
 * The evidence: what a run saw, and how it ended. The child that plays a program fills it in, in
 * memory that it shares with its parent. Afterwards it is constant, also when the child died before
 * the end. What it means is decided in judge.h.
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

/* How the run ended. Whoever sees it sets it: the run, or its parent where the run could not. */
enum ending {
	ENDING_NONE,  /* nobody has set it yet; if this is left, the child died */
	ENDING_WELL,  /* everything was as the script has it */
	ENDING_WRONG, /* something was different */
	/* The harness or the machine could not go on; this tells nothing about the kernel. */
	ENDING_BROKEN,
	ENDING_MISSING, /* something is missing that the script needs */
	ENDING_SCRIPT,  /* the script is wrong */
	ENDING_CHECKED, /* the script is good, and was only checked */
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

/* A mismatch that --non_fatal allowed. It is told as a failure would be, but short. */
struct let_pass {
	struct range where;
	usec_t at;
	size_t event;
	char text[LET_PASS_TEXT]; /* "the kernel's segment is not the one wanted: ack wanted ..." */
};

/*
 * The call in which the run is now. The parent needs it, because a call that should return but does
 * not may not even be interrupted.
 */
struct call_under_way {
	unsigned count;     /* of beginnings and ends of calls; it is odd within a call */
	const char *name;   /* static: "close" */
	struct event begun; /* for the trace, when it does not return */
	usec_t patience; /* how long the call may take; USEC_FOREVER: it may wait for something */
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
	char reason[VERDICT_TEXT]; /* one line, without a position: "close returned 0, not -1" */
	char detail[VERDICT_TEXT]; /* more, or "" */
	struct range where;        /* the words in the script that it is about, for the caret */
	struct range line;         /* the event of the script */
	usec_t at;                 /* when it ended; script time */

	/*
	 * What it is about: the number of an event in the trace (EVENT_NONE: none, for example when
	 * nothing came), and the number of a connection (0: none).
	 */
	size_t event;
	unsigned connection;

	bool has_want, has_seen; /* the line wanted a segment; a segment came */
	struct packet_want want;
	/*
	 * In the script's numbers, without payload; when several packets were taken together, the
	 * whole.
	 */
	struct segment seen;
	uint8_t seen_outer[ENCAPSULATION_MAX];
	size_t parts
		/* Events of the packets that it is made of; the first one is `event`. */
		[PARTS_MAX];
	unsigned part_count;          /* of all of them; 0 or 1: it is one packet */
	struct mismatches mismatches; /* field by field; there may be none */
	bool has_state;
	struct tcp_status state; /* of the connection at that moment */
	char moved
		[VERDICT_TEXT]; /* counters that moved: "ListenDrops +1"; "": none, or not known */
	struct packet_fate fates[FATES_MAX]; /* of packets near the end, the last one first */
	unsigned fate_count;
	char untold[VERDICT_TEXT];              /* why the kernel was not asked for them, or "" */
	struct let_pass let_pass[LET_PASS_MAX]; /* the first ones */
	unsigned let_pass_count;                /* all there were */

	struct call_under_way under_way;

	/* The harness and the machine. */
	usec_t duration; /* of the run, without setting up the world */
	usec_t late_max; /* the largest lateness of the harness before the end */
	/* The largest since the last segment or state that was as the script has it. */
	usec_t late_recent;
	usec_t late_sum; /* the sum of all */
	usec_t late_median, late_p99;
	usec_t waited;      /* how long the programs of the script waited for a processor */
	usec_t command_max; /* the longest time that a shell command took between other steps */
	usec_t hung;        /* how long a call has not returned; 0: no call hangs */
	usec_t off;         /* only a time is wrong: by so much more than the tolerance */
	bool early;         /* ... it is too early by that */
	usec_t late_kernel; /* the kernel's segments before that, all together */
	usec_t pressure; /* how long some process of the machine waited for a CPU before the end */
	char left_out
		/* What was left out of the script because a stack cannot show it; or "". */
		[VERDICT_TEXT];
	char lost[VERDICT_TEXT]; /* a file of the run that could not be written, and why; or "" */

	struct second_opinion model;

	struct trace trace;

	struct edits edits; /* what would make the script right, as far as that is known */
};

#endif
