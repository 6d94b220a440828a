/* What the command line says of a run. */
#ifndef TCPCLOSE_SUITE_OPTIONS_H
#define TCPCLOSE_SUITE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/usec.h"
#include "guest/kernel.h"
#include "model/circumstances.h"
#include "program/options.h"
#include "report/baseline.h"
#include "report/coverage.h"
#include "script/defines.h"
#include "suite/known.h"
#include "suite/last_failed.h"
#include "suite/select.h"
#include "suite/timings.h"

/* An option of the command line, to be applied after the script's own. */
struct given_option {
	const struct option_row *row;
	const char *value;
	struct given_option *next;
};

enum { KERNELS_MAX = 2 };

struct tested_kernel {
	const char *label;                /* as it was written */
	const struct guest_kernel *guest; /* NULL: the running kernel */
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
	const char *program_name; /* for the command that runs a test again */
	bool packetdrill;         /* we go by that name */
	bool verbose;
	bool no_commands;
	bool chdir; /* run each script in its own directory */
	const struct given_option *given;
	const char *const *words;    /* all of the command line, the program's name first */
	const char *rerun;           /* options that a test's outcome depends on, see rerun_add() */
	const char *rerun_elsewhere; /* those of them that mean the same on another machine */
	const struct defines *defines;

	/* where: each test on each of these; and are we in a guest ourselves, to tell its host? */
	struct tested_kernel kernels[KERNELS_MAX];
	unsigned kernel_count; /* 0: the running one */
	bool shadow;           /* what a run saw is held against the model, too */
	enum model_mode model;
	bool in_guest;
	bool virtual_time; /* in a guest whose clock only runs while all sleep */

	/* which tests */
	struct selection *selection;
	const char *case_name;             /* NULL: all rows of a table */
	unsigned shard_index, shard_count; /* the first is 1; 0 of 0: no shards */
	unsigned repeat;                   /* times each test is run */
	bool list;                         /* only say which they are */

	struct last_failed *failed; /* of these scripts; NULL: none is kept */
	bool last_failed;           /* only what is in it, if anything is */

	/* when, and how many at a time */
	struct timings *timings; /* of an earlier run, or NULL */
	bool shuffle;
	uint64_t seed;
	unsigned jobs;
	unsigned setups;  /* tests whose world is being made at a time */
	bool bless;       /* what is wrong is noted, and the run goes on */
	bool no_realtime; /* no real-time priority, no locked memory */

	/* until when */
	unsigned longest;  /* seconds: in real time, what takes longer is skipped */
	usec_t time_limit; /* of one test; 0: by what its script says */
	unsigned retries;  /* of a test that failed */
	bool fail_fast;
	enum reasons_when reasons;

	/* what else is told */
	FILE *errors; /* of scripts that are wrong; NULL: a report on standard output has them */
	const struct known *known; /* of the file, see --known */
	const char *artifacts;     /* absolute path of the folder, or NULL */
	bool artifacts_known;      /* of XFAIL, too */
	const char *save_timings;  /* `timings` is there, to take the new ones */
	struct coverage *coverage; /* or NULL */
	struct baseline *baseline; /* an earlier run, or NULL */
	const char *pcap_path, *record_path, *replay_path;
	struct wire_options wire;
};

#endif
