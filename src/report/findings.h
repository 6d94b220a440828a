/*
 * The findings: what a report says about a test, decided once for all formats. They are a list of
 * labels and texts, and a few more facts. Each format prints them in its own way and decides
 * nothing.
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
	FINDING_NOT_WANTED, /* says that nothing was wanted, when something came */
	FINDING_SEEN,
	FINDING_PARTS,    /* of what was seen, when several packets were taken together */
	FINDING_NOT_SEEN, /* says that nothing came */
	/* A field that differs: `wanted` and `seen`; the label is the name of the field. */
	FINDING_FIELD,
	FINDING_CLASS, /* what the segment is */
	FINDING_STATE,
	FINDING_COUNTERS, /* counters that moved */
	FINDING_FIX,      /* the line that would be right */
	FINDING_COUNTER,  /* what one of them tells; the label is its name */
	FINDING_FATE,     /* why the kernel dropped a packet, or sent a RST */
	FINDING_LEFT_OUT, /* what was left out of the script because the stack cannot show it */
	FINDING_HARNESS,
	FINDING_LET_PASS_COUNT, /* of mismatches that --non_fatal let pass */
	/* One for each mismatch that --non_fatal allowed, as far as they are kept. */
	FINDING_LET_PASS,
	/* The events are shown here. */
	FINDING_DEATH,   /* how the test's process ended, without a label */
	FINDING_PRINTED, /* several lines */
	/* what else is known about the test */
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
	const char *note; /* less important: "at 0.0102 s"; or NULL */
	const char *wanted, *seen;
};

enum { COUNTERS_TOLD = 6 };
enum { FINDINGS_MAX = 23 + COUNTERS_TOLD + MISMATCHES_MAX + LET_PASS_MAX };

struct findings {
	struct finding list[FINDINGS_MAX];
	size_t count;
	const char *reason;  /* one line, for a head above the rest */
	const char *summary; /* one line that says all by itself; "" when there is nothing to say */
	bool located;        /* `range` and `location` are known */
	struct range range;
	struct location location;
	bool events;               /* the events tell something */
	const struct event *about; /* the event that it is about, or NULL */
	const char *missing;       /* what did not come, or NULL */
	usec_t missing_at;
	struct arena *arena;
};

/* Makes the findings of a test. findings_free() frees them. */
struct findings *findings_new(const struct report_test *test);
void findings_free(struct findings *findings);

#endif
