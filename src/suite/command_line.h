/* What the command line asks for; its parts are read in the files command_*.c. */
#ifndef TCPCLOSE_SUITE_COMMAND_LINE_H
#define TCPCLOSE_SUITE_COMMAND_LINE_H

#include <stdbool.h>

#include "author/from_pcap.h"
#include "base/arena.h"
#include "explore/explore.h"
#include "report/output.h"
#include "suite/discover.h"
#include "suite/format_scripts.h"
#include "suite/options.h"

enum { COMMAND_LINE_OPTIONS = 128 }; /* there is room for so many options */

struct command_line {
	struct arena *arena;
	struct suite_options suite;
	struct report_outputs outputs; /* the first is that of the terminal, or of --output */
	struct script_paths scripts;
	struct script_paths named; /* scripts and folders as they were written */
	const char *check_pcap;    /* a file of packets that the model judges */
	enum format_wish format_script;
	struct from_pcap from_pcap; /* its path is NULL when no script is written */
	bool bless_diff;            /* what --bless would write is only shown */
	struct explore explore;     /* its time is 0 when nothing is to be explored */
	const char *start; /* the name of a script to begin with, "" to list them, or NULL */
	const char *about; /* words to search for in scripts, or NULL */
	bool watch;        /* play again what is saved, until a signal comes */
	bool minimise;     /* shorten the one script */
	bool export;       /* the scripts are to be written in packetdrill's language */
	bool bisect;       /* the exit status is for git bisect run */

	/* as written, until all words are read */
	struct given_option **next_given;
	struct defines defines;
	const char *known, *artifacts, *timings, *baseline;
	const char *claims[16];
	const char *transitions; /* where to write which of them were taken; or NULL */
	const char *explored;    /* a file of those that an exploration took, or NULL */
	const char *judgements;  /* a file, for the coverage; or NULL */
	size_t claim_count;
	const char *coverage;             /* the file for it; "": standard output */
	bool given[COMMAND_LINE_OPTIONS]; /* whether the option of this row was written */
};

enum { COMMAND_LINE_GOOD = -1 };

/* Prints a message about a mistake in the command line, and returns the exit status for it. */
int command_line_error(const struct command_line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Adds a script, or all scripts of a folder. Returns COMMAND_LINE_GOOD, or the exit status after a
 * message.
 */
int command_line_add_path(struct command_line *line, const char *path);

#endif
