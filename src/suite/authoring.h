/* The options that ask for a script to be written, and not for a run. */
#ifndef TCPCLOSE_SUITE_AUTHORING_H
#define TCPCLOSE_SUITE_AUTHORING_H

#include "author/bless.h"
#include "author/from_pcap.h"
#include "author/minimise.h"
#include "author/start.h"
#include "suite/discover.h"
#include "suite/options.h"

/* Returns the exit status (suite.h): 0 for a script that passes, 1 for one that does not. */
int authoring_from_pcap(const struct from_pcap *wanted, const struct suite_options *options);

/*
 * Each of the scripts by itself: 0 when all pass as they are written now, 2 when one was refused.
 */
int authoring_bless(const struct script_paths *scripts, bool diff,
                    const struct suite_options *options);

/* 0 when a script was written, 2 when there is nothing to shorten. */
int authoring_minimise(const struct minimise *wanted, const struct suite_options *options);

/* 0 when a script, or a list of them, was written; 2 when there is none with that name. */
int authoring_start(const struct start *wanted);

#endif
