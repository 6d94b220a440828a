/* What the command line says about a run. */
#ifndef TCPCLOSE_SUITE_OPTIONS_H
#define TCPCLOSE_SUITE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/usec.h"
#include "model/circumstances.h"
#include "program/options.h"
#include "report/baseline.h"
#include "report/coverage.h"
#include "report/transitions_page.h"
#include "script/defines.h"
#include "suite/known.h"
#include "suite/last_failed.h"
#include "suite/select.h"
#include "suite/subject.h"
#include "suite/timings.h"

/* An option of the command line. It is applied after the script's own options. */
struct given_option {
	const struct option_row *row;
	const char *value;
	struct given_option *next;
};

/* The tested kernel and this program are on two hosts (--wire_client, --wire_server). */
struct wire_options {
	bool client, server;
	const char *server_name; /* where the server is, or listens */
	unsigned port;
	const char *client_device, *server_device, *key_file;
};

/* When the kernel is asked why it dropped or reset a packet. */
enum reasons_when { REASONS_AGAIN, REASONS_ALWAYS, REASONS_NEVER };

struct suite_options {
	const char *program_name; /* for the command that plays a test again */
	bool packetdrill;         /* the program was called by that name */
	bool verbose;
	bool no_commands;
	bool chdir; /* play each script in its own folder */
	const struct given_option *given;
	const char *const *words; /* the whole command line, beginning with the program's name */
	const char *rerun; /* options on which the result of a test depends, see rerun_add() */
	const char *rerun_elsewhere; /* those of them that mean the same on another machine */
	const struct defines *defines;

	/* what is tested: each test is played on each of these */
	struct subject subjects[SUBJECTS_MAX];
	unsigned subject_count; /* at least 1 */
	bool shadow;            /* the model judges what a run saw, too */
	enum model_mode model;
	bool in_guest;
	bool virtual_time; /* we are in a guest whose clock only goes on while all sleep */

	/* which tests */
	struct selection *selection;
	const char *case_name;             /* NULL: all rows of a table */
	unsigned shard_index, shard_count; /* the first one is 1; 0 of 0: no shards */
	unsigned repeat;                   /* how often each test is played */
	bool list;                         /* only print their names */

	struct last_failed *failed; /* the list for these scripts; NULL: none is kept */
	bool last_failed;           /* only the tests in that list, if there are any */

	/* when, and how many at a time */
	struct timings *timings; /* those of an earlier run, or NULL */
	bool shuffle;
	uint64_t seed;
	unsigned jobs;
	unsigned setups;  /* how many tests may be making their world at the same time */
	bool bless;       /* what is wrong is noted, and the run goes on */
	bool hasty;       /* what comes too late is not waited for long */
	bool no_realtime; /* no real-time priority, no locked memory */

	/* until when */
	unsigned longest;  /* seconds: in real time, longer tests are skipped */
	usec_t time_limit; /* for one test; 0: it depends on the script */
	unsigned retries;  /* for a test that failed */
	bool fail_fast;
	enum reasons_when reasons;

	/* what else is told */
	/* For scripts that are wrong; NULL: the report on standard output has their errors. */
	FILE *errors;
	const struct known *known; /* those of the file of --known */
	const char *artifacts;     /* the absolute path of the folder, or NULL */
	bool artifacts_known;      /* also for XFAIL */
	const char *save_timings;  /* `timings` is not NULL then, and takes the new ones */
	struct coverage *coverage; /* or NULL */
	struct transitions_page *transitions; /* or NULL */
	struct baseline *baseline;            /* an earlier run, or NULL */
	const char *pcap_path, *record_path, *replay_path;
	struct wire_options wire;
};

#endif
