/*
 * One test: a script in one address family. It is read and compiled in the parent (prepare.h), and
 * each attempt to play it (attempt.h) has a child of its own (child.h), which fills in the evidence
 * in memory that both share.
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
	unsigned kernel;     /* of options->kernels */
	unsigned repetition; /* from 1; 0: it is run once */
	unsigned number;     /* in the plan, before anything was left out */
	struct {             /* in the order of names, from 1 */
		size_t test, group, member, members;
	} place;
	const char *group;   /* "reset/x.pkt[left]": what the tests of a script have in common */
	const char *variant; /* "ipv6 #2": which of the group, whatever the kernel */
	const char *member;  /* "ipv6 #2 @B": which of the group */
	const char *name;    /* the group and the member */
	usec_t expected;     /* what it will take, with set-up */

	/* from test_prepare() of prepare.h on */
	struct arena *arena;     /* what is only this test's: a script may have a thousand */
	const char *rerun;       /* the command that runs it again */
	const char *artifacts;   /* its folder, or NULL */
	struct diag *diag;       /* the script's, or of this family */
	struct diag *warnings;   /* see warnings.h */
	struct program *program; /* NULL: it could not be compiled, the verdict says so */
	struct addresses addresses;
	struct arena *shared; /* holds the evidence */
	struct evidence *evidence;
	struct verdict *verdict;
	unsigned tries;
	unsigned failures;                /* tries that failed, or died, and were tried again */
	bool late;                        /* a try was not counted, because it was late */
	const char *before;               /* what the try before came to, or NULL */
	uint32_t before_at;               /* in which line */
	unsigned witnesses;               /* tries that failed while the machine was not busy */
	bool elsewhere;                   /* not all tries were in the same */
	usec_t least_off;                 /* the smallest evidence->off of them */
	const struct report_known *known; /* the bug that its verdict allows for, or NULL */

	struct first_look *first; /* second_look.h: put aside; NULL: there is no second look */

	const char *printed; /* the end of what its programs printed in the last try, or NULL */

	/* while it runs */
	struct printed prints;
	pid_t child; /* 0: none is running */
	bool ended;  /* the child was waited for, and this is its status */
	int status;
	int done;                 /* readable when the child has something to say, or died */
	bool ready;               /* its world is made, and it plays */
	usec_t started, deadline; /* of CLOCK_MONOTONIC */
	usec_t wall;              /* of the last try, with set-up */
	bool overdue;             /* it is stopped because its time is over */
	const char *stopping;     /* why it was told to stop; NULL: it was not */
	bool hangs;               /* ... because a call does not return */
	unsigned call;            /* which call it was in when we last looked; even: none */
	usec_t call_since;        /* when we first saw it in that */
	bool cut_short;           /* it crashed, or was stopped */
};

/* `repetition` from 1, 0: it is run once. The kernel is named when there are several. */
struct test *test_new(struct test_script *script, enum ip_version ip_version, unsigned repetition,
                      unsigned kernel, bool several);

/*
 * "reset/x.pkt[left] ipv6": its name, whatever the repetition and the kernel. In its script's
 * arena.
 */
const char *test_plain_name(const struct test *test);

/* How it ended, when no child could say so; then it is judged. */
void test_end(struct test *test, enum ending ending, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* How far a time of it may be off. */
usec_t test_tolerance(const struct test *test);

/* The verdict on its evidence, by itself: no other try, no bug that is known. */
void test_judge(struct test *test);

/* Of a test that is not running; the last of a script frees that, too. */
void test_free(struct test *test);

/* Microseconds of CLOCK_MONOTONIC. */
usec_t suite_clock(void);

#endif
