/* What the command line asks for instead of a run: a script is to be written. */
#ifndef TCPCLOSE_SUITE_AUTHORING_H
#define TCPCLOSE_SUITE_AUTHORING_H

#include "author/bless.h"
#include "author/from_pcap.h"
#include "author/minimise.h"
#include "author/start.h"
#include "suite/discover.h"
#include "suite/options.h"

/*
 * Returns the status to leave with (suite.h): 0 for a script that passes, 1 for one that does not.
 */
int authoring_from_pcap(const struct from_pcap *wanted, const struct suite_options *options);

/*
 * Each of the scripts by itself: 0 when all pass as they are written now, 2 when one was refused.
 */
int authoring_bless(const struct script_paths *scripts, bool diff,
                    const struct suite_options *options);

/* 0 for one that was written, 2 when there is nothing to shorten. */
int authoring_minimise(const struct minimise *wanted, const struct suite_options *options);

/* 0 for one that was written, or a list of them; 2 when there is none of that name. */
int authoring_start(const struct start *wanted);

#endif
