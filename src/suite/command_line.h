/* The words of the command line, and what they ask for. */
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

enum { COMMAND_LINE_OPTIONS = 128 }; /* room for as many */

struct command_line {
	struct arena *arena;
	struct suite_options suite;
	struct report_outputs outputs; /* the first is the terminal's, or --output's */
	struct script_paths scripts;
	struct script_paths named; /* scripts and folders, as they were written */
	const char *check_pcap;    /* a file of packets, to be judged by the model */
	enum format_wish format_script;
	struct from_pcap from_pcap; /* its path is NULL when no script is to be written */
	bool bless, bless_diff;     /* the scripts get what the kernel does; it is only shown */
	struct explore explore;     /* its time is 0 when nothing is to be explored */
	const char *start;          /* the name of a script to begin with, "": list them; or NULL */
	const char *about;          /* words to look for in scripts, or NULL */
	bool watch;                 /* play again whatever is saved, until a signal comes */
	bool minimise;              /* the one script is to be shortened */
	bool export;                /* the scripts are to be written in packetdrill's language */
	bool bisect;                /* the status is for git bisect run */

	/* as written, until all words are there */
	struct given_option **next_given;
	struct defines defines;
	const char *known, *artifacts, *timings, *baseline;
	const char *claims[16];
	const char *judgements; /* a file, for the coverage; or NULL */
	size_t claim_count;
	const char *coverage;             /* where to; "": standard output */
	bool given[COMMAND_LINE_OPTIONS]; /* the option of this row was written */
};

enum { COMMAND_LINE_GOOD = -1 };

/* Returns COMMAND_LINE_GOOD, or the status to leave with (after --help, or a message). */
int command_line_parse(struct command_line *line, int argc, char **argv);

/* Prints a message on a mistake in the command line, and returns its status. */
int command_line_error(const struct command_line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
