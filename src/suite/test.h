/*
 * A test: a script in one address family. It is read and compiled in the parent (prepare.h). Each
 * try to play it (attempt.h) has a child of its own (child.h), which fills in the evidence in
 * memory that both share.
 */
#ifndef TCPCLOSE_SUITE_TEST_H
#define TCPCLOSE_SUITE_TEST_H

#include <stdbool.h>
#include <sys/types.h>

#include "program/addresses.h"
#include "program/program.h"
#include "suite/options.h"
#include "suite/printed.h"
#include "suite/script.h"
#include "verdict/judge.h"

struct test {
	struct test_script *script;
	enum ip_version ip_version;
	unsigned subject;    /* index in options->subjects */
	unsigned repetition; /* from 1; 0: it is played once */
	unsigned number;     /* in the plan, before any test was left out */
	struct {             /* places in the order of names, from 1 */
		size_t test, group, member, members;
	} place;
	/* "reset/x.pkt[left]": the part of the name that all tests of the script have. */
	const char *group;
	const char *variant; /* "ipv6 #2": which of the group it is, whatever the subject */
	const char *member;  /* "ipv6 #2 @B": which of the group it is */
	const char *name;    /* the group and the member */
	usec_t expected;     /* how long it will take, with making its world */

	/* set from test_prepare() of prepare.h on */
	struct arena *arena;   /* belongs to this test alone: a script may have a thousand tests */
	const char *rerun;     /* the command that plays it again */
	const char *artifacts; /* its folder, or NULL */
	struct diag *diag;     /* of the script, or of this family */
	struct diag *warnings; /* see warnings.h */
	struct program *program; /* NULL: it could not be compiled, and the verdict says so */
	struct addresses addresses;
	struct arena *shared; /* holds the evidence */
	struct evidence *evidence;
	struct verdict *verdict;
	unsigned tries;
	/* Tries that failed, or in which the child died, and that were repeated. */
	unsigned failures;
	bool late;                        /* a try did not count, because it was late */
	const char *before;               /* the result of the try before, or NULL */
	uint32_t before_at;               /* the line of that */
	unsigned witnesses;               /* tries that failed while the machine was not busy */
	bool elsewhere;                   /* not all tries failed in the same line */
	usec_t least_off;                 /* the smallest evidence->off of all tries */
	const struct report_known *known; /* the known bug that its verdict allows for, or NULL */

	struct first_look *first; /* second_look.h: put aside; NULL: there is no second look */

	const char *printed; /* the last lines that its programs printed in the last try, or NULL */

	/* while it is under way */
	struct printed prints;
	pid_t child; /* 0: none is running */
	bool ended;  /* somebody has waited for the child, and `status` is its wait status */
	int status;
	int done;                 /* can be read when the child has something to say, or died */
	bool ready;               /* its world is made, and it is playing */
	usec_t started, deadline; /* in time of CLOCK_MONOTONIC */
	usec_t wall;              /* of the last try, with making the world */
	bool overdue;             /* it is being stopped because its time is over */
	const char *stopping;     /* why it was told to stop; NULL: it was not */
	bool hangs;               /* it was told to, because a call does not return */
	unsigned call;     /* the call that it was in when we last looked; an even number: none */
	usec_t call_since; /* when we first saw it in that call */
	bool cut_short;    /* it crashed, or was stopped */
};

/*
 * `repetition` counts from 1; 0: it is played once. With `several` subjects, the name includes the
 * letter of the subject.
 */
struct test *test_new(struct test_script *script, enum ip_version ip_version, unsigned repetition,
                      unsigned subject, bool several);

/* "reset/x.pkt[left] ipv6": its name without repetition and kernel. In its script's arena. */
const char *test_plain_name(const struct test *test);

/* Sets how the try ended, when no child could do it; then judges it. */
void test_end(struct test *test, enum ending ending, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Tells whether it is played on a TCP stack, and not on a kernel. */
bool test_has_stack(const struct test *test);

/* The tolerance for its times. */
usec_t test_tolerance(const struct test *test);

/* Judges its evidence alone, without other tries or known bugs. */
void test_judge(struct test *test);

/* Frees a test that is not under way; the last test of a script also frees the script. */
void test_free(struct test *test);

#endif
