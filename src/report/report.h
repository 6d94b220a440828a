/* What reports are told: of the run, of each test, of the end; and what a format is. */
#ifndef TCPCLOSE_REPORT_REPORT_H
#define TCPCLOSE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/source.h"
#include "base/usec.h"
#include "verdict/verdict.h"

/* Something that a report says of the whole run: "kernel", "Linux 6.12.1 x86_64". */
struct report_fact {
	const char *name, *value;
	const struct report_fact *next;
};

/* What the tests of a report have in common. */
struct report_run {
	size_t tests;   /* to be reported, when nothing ends the run before */
	size_t scripts; /* groups of them: see report_test.group */
	/*
	 * Called by reports that tell them, for the kernel takes its time; always the same. Or
	 * NULL.
	 */
	const struct report_fact *(*facts)(void *context);
	void *context;
	bool verbose; /* the text has a line for each test, also on a terminal */
};

/* A bug that is known: it makes XFAIL of FAIL and XPASS of PASS. */
struct report_known {
	const char *reason;
	const char *link; /* the commit that mends it, or where it is discussed; or NULL */
};

/* One test as reports see it: a script in one address family. */
struct report_test {
	const char *path;   /* as given on the command line or found */
	const char *family; /* "ipv4", "ipv6", "ipv4-mapped-ipv6" */
	const char *name;   /* one name for both: "time-wait/fin-again.pkt ipv6" */
	const struct verdict *verdict;
	const struct sources *sources; /* for positions; NULL when the script could not be read */
	/* "covers", "rfc", "tag" ... of the script; NULL when there are none or it is wrong */
	const struct directive *directives;
	const char *rerun;          /* the command that runs it again by itself */
	usec_t wall;                /* with set-up */
	const char *group, *member; /* "time-wait/fin-again.pkt", "ipv6"; NULL: path and family */
	size_t group_size;          /* tests of this group in this run; 0: one */
	unsigned tries;             /* 0: never started */
	bool flaky;                 /* it failed before it passed */
	const char *before;         /* what the try before the last came to; or NULL */
	bool stopped;               /* it was running when the run was ended */
	const struct report_known *known; /* or NULL */
	const char *artifacts; /* the folder with its pcap and the rest; NULL: there is none */
};

struct report_totals {
	size_t count[VERDICT_KINDS];
	size_t tests;
	size_t flaky, again; /* passed only on a retry; run again for lateness */
	size_t not_run;      /* not reached before the run was ended */
	const char *ended;   /* why it ended early, or NULL */
	usec_t wall;
};

/* How far a run has come. */
struct report_progress {
	const struct report_totals *totals; /* so far */
	size_t planned, running;
	const char *oldest; /* the name of the test that has been running the longest, or NULL */
	usec_t oldest_for, elapsed;
};

/* `kept` is what begin() returned: the format's own memory, or NULL. end() frees it. */
struct report_format {
	const char *name;   /* "text", "tap", "junit", "json" */
	const char *ending; /* of the files it is written to: ".txt" */
	const char *help;
	void *(*begin)(FILE *out, const struct report_run *run);
	void (*test)(FILE *out, void *kept, const struct report_test *test,
	             size_t number); /* from 1 */
	void (*end)(FILE *out, void *kept, const struct report_totals *totals);
	/* Called a few times a second, for a terminal; may be NULL. */
	void (*progress)(FILE *out, void *kept, const struct report_progress *progress);
};

/* What is to be told of the whole run; NULL: nothing. */
const struct report_fact *report_facts(const struct report_run *run);

#endif
