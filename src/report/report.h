/* What reports are told about the run, about each test, and about the end; and what a format is. */
#ifndef TCPCLOSE_REPORT_REPORT_H
#define TCPCLOSE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/usec.h"
#include "program/program.h"
#include "verdict/home.h"
#include "verdict/verdict.h"

/* A fact about the whole run: "kernel", "Linux 6.12.1 x86_64". */
struct report_fact {
	const char *name, *value;
	const struct report_fact *next;
};

/* What the tests of a report have in common. */
struct report_run {
	size_t tests;  /* how many will be reported, when nothing ends the run early */
	size_t groups; /* of tests: see report_test.group */
	/*
	 * Reports call this when they print the facts, because asking the kernel takes time. It
	 * always answers the same. Or NULL.
	 */
	const struct report_fact *(*facts)(void *context);
	void *context;
	/*
	 * The folder of the report's file, as an absolute path, so that the report can refer to
	 * other files relative to it; or NULL.
	 */
	const char *folder;
	bool verbose; /* the text has a line for each test, also on a terminal */
};

/* A known bug. It makes XFAIL of FAIL, and XPASS of PASS. */
struct report_known {
	const char *reason;
	const char *link; /* the commit that corrects it, or a discussion of it; or NULL */
};

/* A test, as reports see it: a script in one address family. */
struct report_test {
	const char *path;   /* as it was given on the command line, or found */
	const char *family; /* "ipv4", "ipv6", "ipv4-mapped-ipv6" */
	const char *name;   /* "time-wait/fin-again.pkt ipv6" */
	const char *group,
		*member;      /* "time-wait/fin-again.pkt" and "ipv6": together they are the name */
	size_t number;        /* in the order of names, from 1 */
	size_t group_number;  /* of the group, from 1 */
	size_t member_number; /* of the test in its group, from 1 */
	size_t group_size;    /* how many tests of this group are in this run */
	const struct verdict *verdict;
	const struct sources *sources; /* for positions; NULL: the script could not be read */
	struct home home; /* the same with the script's text (NULL: not read) and its table */
	/* What is wrong with the script, or with it in this family; NULL: nothing is. */
	const struct diag *errors;
	/* What is legal in it and hardly meant, up to the line that failed; NULL: nothing. */
	const struct diag *warnings;
	/* "covers", "rfc", "tag" ... of the script; NULL when there are none or it is wrong */
	const struct directive *directives;
	const struct program *program; /* NULL: the script is wrong */
	bool real_peer;                /* there was a TCP at each end */
	const char *stack;   /* that was tested, by its file or command; NULL: the kernel was */
	const char *rerun;   /* the command that plays it again by itself */
	usec_t wall;         /* time, with setting up the world */
	unsigned tries;      /* 0: it was never started */
	bool flaky;          /* it failed before it passed */
	const char *before;  /* the verdict of the try before the last; or NULL */
	const char *printed; /* the end of what its programs printed, or NULL */
	bool stopped;        /* it was under way when the run was ended */
	const struct report_known *known; /* or NULL */
	const char *artifacts; /* the folder with its pcap file and the rest; NULL: there is none */
};

struct report_totals {
	size_t count[VERDICT_KINDS];
	size_t tests;
	size_t flaky, again; /* passed only on a further try; tried again because of lateness */
	size_t not_run;      /* not started before the run was ended */
	const char *ended;   /* why it ended early, or NULL */
	usec_t wall;
};

/* How far a run is. */
struct report_progress {
	const struct report_totals *totals; /* so far */
	size_t planned, running;
	/* The name of the test that has been under way for the longest time, or NULL. */
	const char *oldest;
	usec_t oldest_for, elapsed;
};

struct findings;

/* The tests that have the same name except for the member. */
struct report_group {
	const char *name;
	size_t number;       /* in the order of this report, from 1 */
	size_t planned;      /* tests */
	size_t tests;        /* how many there are: fewer when the run was ended */
	const size_t *count; /* how many of these have each verdict */
	const char *text;    /* what test() printed for them, in the order of their names */
};

/*
 * Each function prints a part of the report. `kept` is what begin() returned: memory of the format,
 * or NULL; end() frees it. A function that may be NULL is not needed by all formats.
 */
struct report_format {
	const char *name;   /* "text", "tap", "junit", "json" */
	const char *ending; /* of the files that it writes: ".txt" */
	const char *help;
	bool worst_first; /* in files: by verdict, and then by name */
	/* What it keeps for the others. May be NULL. */
	void *(*begin)(FILE *out, const struct report_run *run);
	/* `findings` are what is shown about the test. */
	void (*test)(FILE *out, void *kept, const struct report_test *test,
	             const struct findings *findings);
	/* Prints in place of what test() printed for the group's tests. May be NULL. */
	void (*group)(FILE *out, void *kept, const struct report_group *group);
	/* What comes before the tests but is known only after them. May be NULL. */
	void (*head)(FILE *out, void *kept, const struct report_totals *totals);
	/* May be NULL. */
	void (*end)(FILE *out, void *kept, const struct report_totals *totals);
	/* Called a few times in a second, for a terminal. May be NULL. */
	void (*progress)(FILE *out, void *kept, const struct report_progress *progress);
};

/* "Linux 6.12.1", of the fact "kernel"; "nothing was played" when there is none. */
const char *report_system(const struct report_fact *facts, struct arena *arena);

/* The facts about the whole run; NULL when there are none. */
const struct report_fact *report_facts(const struct report_run *run);

#endif
