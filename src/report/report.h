/* What reports are told: of the run, of each test, of the end; and what a format is. */
#ifndef TCPCLOSE_REPORT_REPORT_H
#define TCPCLOSE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/source.h"
#include "base/usec.h"
#include "verdict/home.h"
#include "verdict/verdict.h"

/* Something that a report says of the whole run: "kernel", "Linux 6.12.1 x86_64". */
struct report_fact {
	const char *name, *value;
	const struct report_fact *next;
};

/* What the tests of a report have in common. */
struct report_run {
	size_t tests;  /* to be reported, when nothing ends the run before */
	size_t groups; /* of tests: see report_test.group */
	/*
	 * Called by reports that tell them, for the kernel takes its time; always the same. Or
	 * NULL.
	 */
	const struct report_fact *(*facts)(void *context);
	void *context;
	/*
	 * The folder of the report's file, absolute, so that it can name others from there; or
	 * NULL.
	 */
	const char *folder;
	bool verbose; /* the text has a line for each test, also on a terminal */
};

/* A bug that is known: it makes XFAIL of FAIL and XPASS of PASS. */
struct report_known {
	const char *reason;
	const char *link; /* the commit that mends it, or where it is discussed; or NULL */
};

/* One test as reports see it: a script in one address family. */
struct report_test {
	const char *path;           /* as given on the command line or found */
	const char *family;         /* "ipv4", "ipv6", "ipv4-mapped-ipv6" */
	const char *name;           /* "time-wait/fin-again.pkt ipv6" */
	const char *group, *member; /* "time-wait/fin-again.pkt", "ipv6": together the name */
	size_t number;              /* in the order of names, from 1 */
	size_t group_number;        /* of the group, likewise */
	size_t member_number;       /* in the group, likewise */
	size_t group_size;          /* tests of this group in this run */
	const struct verdict *verdict;
	const struct sources *sources; /* for positions; NULL when the script could not be read */
	struct home home; /* the same with the script's text (NULL: not read) and its table */
	/* What is wrong with the script, or with it in this family; NULL: nothing. */
	const struct diag *errors;
	/* What is legal in it and hardly meant, up to the line that failed; NULL: nothing. */
	const struct diag *warnings;
	/* "covers", "rfc", "tag" ... of the script; NULL when there are none or it is wrong */
	const struct directive *directives;
	const char *rerun;                /* the command that runs it again by itself */
	usec_t wall;                      /* with set-up */
	unsigned tries;                   /* 0: never started */
	bool flaky;                       /* it failed before it passed */
	const char *before;               /* what the try before the last came to; or NULL */
	const char *printed;              /* the end of what its programs printed, or NULL */
	bool stopped;                     /* it was running when the run was ended */
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

struct findings;

/* Tests with one name but for the member, all that were played of them. */
struct report_group {
	const char *name;
	size_t number;       /* in the order in which they stand in this report, from 1 */
	size_t planned;      /* tests */
	size_t tests;        /* those that are there: fewer when the run was ended */
	const size_t *count; /* of these, by verdict */
	const char *text;    /* what test() printed of them, in the order of their names */
};

/*
 * Each function prints a part of the report. `kept` is what begin() returned: the format's own
 * memory, or NULL; end() frees it. What may be NULL is not needed by all formats.
 */
struct report_format {
	const char *name;   /* "text", "tap", "junit", "json" */
	const char *ending; /* of the files it is written to: ".txt" */
	const char *help;
	bool worst_first; /* in files: by verdict, then by name */
	/* What it keeps for the others. May be NULL. */
	void *(*begin)(FILE *out, const struct report_run *run);
	/* With what is shown of it: see findings.h. */
	void (*test)(FILE *out, void *kept, const struct report_test *test,
	             const struct findings *findings);
	/* Stands for what test() printed of the group's tests. May be NULL. */
	void (*group)(FILE *out, void *kept, const struct report_group *group);
	/* What stands before the tests and is known after them. May be NULL. */
	void (*head)(FILE *out, void *kept, const struct report_totals *totals);
	/* May be NULL. */
	void (*end)(FILE *out, void *kept, const struct report_totals *totals);
	/* Called a few times a second, for a terminal. May be NULL. */
	void (*progress)(FILE *out, void *kept, const struct report_progress *progress);
};

/* What is to be told of the whole run; NULL: nothing. */
const struct report_fact *report_facts(const struct report_run *run);

#endif
