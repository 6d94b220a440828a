/*
 * What a report says of a test, decided once for all formats: a list of labels and texts, and what
 * else stands around it. The formats set it, each in its way, and decide nothing.
 */
#ifndef TCPCLOSE_REPORT_FINDINGS_H
#define TCPCLOSE_REPORT_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"
#include "report/report.h"

enum finding_kind {
	/* what is wrong */
	FINDING_DETAIL, /* several lines, without a label */
	FINDING_WANTED,
	FINDING_NOT_WANTED, /* that nothing was wanted, where something came */
	FINDING_SEEN,
	FINDING_PARTS,    /* of what was seen, where several packets were taken together */
	FINDING_NOT_SEEN, /* that nothing came */
	FINDING_FIELD,    /* what differs: `wanted` and `seen`; the label is the field's name */
	FINDING_CLASS,    /* what the segment is */
	FINDING_STATE,
	FINDING_COUNTERS, /* that moved */
	FINDING_FIX,      /* the line that would be right */
	FINDING_COUNTER,  /* what one of them tells; the label is its name */
	FINDING_FATE,     /* why the kernel dropped a packet, or sent a RST */
	FINDING_LEFT_OUT, /* of the script, on a stack that cannot show it */
	FINDING_HARNESS,
	FINDING_LET_PASS_COUNT, /* of mismatches that --non_fatal let pass */
	FINDING_LET_PASS,       /* each of them, as far as they are kept */
	/* Here stand the events. */
	FINDING_DEATH,   /* how the test's process ended, without a label */
	FINDING_PRINTED, /* several lines */
	/* what else is known of the test */
	FINDING_KNOWN,
	FINDING_TRIES,
	FINDING_KEPT, /* a folder */
	FINDING_AGAIN,
	FINDING_KINDS
};

struct finding {
	enum finding_kind kind;
	const char *label;
	const char *text;
	const char *note; /* more, less important: "at 0.0102 s"; or NULL */
	const char *wanted, *seen;
};

enum { COUNTERS_TOLD = 6 };
enum { FINDINGS_MAX = 23 + COUNTERS_TOLD + MISMATCHES_MAX + LET_PASS_MAX };

struct findings {
	struct finding list[FINDINGS_MAX];
	size_t count;
	const char *reason;  /* one line, for a head under which the rest stands */
	const char *summary; /* one line that stands alone; "" when there is nothing to say */
	bool located;        /* the two that follow say where */
	struct range range;
	struct location location;
	bool events;               /* they tell something */
	const struct event *about; /* the one that it is about, or NULL */
	const char *missing;       /* what did not come, or NULL */
	usec_t missing_at;
	const char *warnings; /* of the script, as lines with excerpts; "" when there are none */
	struct arena *arena;
};

/* What is shown of a test; findings_free() frees it. */
struct findings *findings_new(const struct report_test *test);
void findings_free(struct findings *findings);

#endif
