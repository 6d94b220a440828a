/*
 * One test: a script in one address family. It is read and compiled here, in the parent, and played
 * by a child of its own, which fills in the verdict in memory that both share.
 */
#ifndef TCPCLOSE_SUITE_TEST_H
#define TCPCLOSE_SUITE_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "program/addresses.h"
#include "program/options.h"
#include "program/program.h"
#include "script/defines.h"
#include "verdict/verdict.h"

/* An option of the command line, to be applied after the script's own. */
struct given_option {
	const struct option_row *row;
	const char *value;
	struct given_option *next;
};

struct suite_options {
	bool packetdrill;               /* we go by that name */
	bool verbose;
	bool no_commands;
	bool chdir;                     /* run each script in its own directory */
	unsigned jobs;
	usec_t time_limit;              /* of one test; 0: by what its script says */
	const struct given_option *given;
	const struct defines *defines;
	const char *pcap_path, *record_path, *replay_path;
	const char *case_name;          /* NULL: all rows of a table */
	const char *program_name;       /* for the command that runs a test again */
};

/* A script, or one row of its table of cases, read: what its tests have in common. */
struct test_script {
	const char *path;
	const char *case_name;          /* NULL: it has no table */
	size_t case_count;              /* rows of the table; 1 without one */
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct script *tree;            /* NULL when there is none */
	struct settings settings;
	unsigned ip_versions;           /* 1 << enum ip_version: those to be tested */
	unsigned tests_left;            /* the last one to be done with frees it */
};

struct test {
	struct test_script *script;
	enum ip_version ip_version;
	const char *name, *rerun;
	struct program *program;        /* NULL: it could not be compiled, the verdict says so */
	struct addresses addresses;
	struct arena *shared;           /* holds the verdict */
	struct verdict *verdict;
	unsigned tries;

	pid_t child;                    /* 0: none is running */
	int done;                       /* readable when the verdict is there, or the child died */
	usec_t started, deadline;       /* of CLOCK_MONOTONIC */
	const char *stopping;           /* why it was told to stop; NULL: it was not */
	bool cut_short;                 /* it crashed, or was stopped */
};

/*
 * Reads and parses; of a table of cases the row `index`, below script->case_count. Errors are in
 * script->diag; the script then has but one family and one case.
 */
struct test_script *test_script_read(const char *path, size_t index,
                                     const struct suite_options *options);

/* Compiles for one family. The errors of a bad script are printed to `errors`. */
struct test *test_prepare(struct test_script *script, enum ip_version ip_version,
                          const struct suite_options *options, FILE *errors);

/* Starts the child. False, with the verdict set, when there can be none. */
bool test_start(struct test *test, const struct suite_options *options);

/*
 * Tells the child to end, and gives it a moment (a new deadline) to clean up. `reason` becomes the
 * verdict's.
 */
void test_stop(struct test *test, const char *reason);

/*
 * The child has said that it is done, or has died (`ready`: test->done is readable), or is to be
 * killed. Does not wait for the child's end, unless it died.
 */
void test_finish(struct test *test, bool ready);

void test_free(struct test *test);

/* Microseconds of CLOCK_MONOTONIC. */
usec_t suite_clock(void);

#endif
