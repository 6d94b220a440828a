/* Which tests are played, and in which order. */
#ifndef TCPCLOSE_SUITE_PLAN_H
#define TCPCLOSE_SUITE_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "suite/discover.h"
#include "suite/options.h"
#include "suite/test.h"

struct plan {
	struct test **tests;
	size_t count, room;
	size_t found;    /* before any was left out */
	size_t groups;   /* of those that are left; see plan_number_by_name() */
	size_t selected; /* before the shards were made */
	uint32_t digest; /* of what the shards are made from; it is the same on all machines */
};

/* Adds a test to the list. */
void plan_add(struct plan *plan, struct test *test);

/* Reads all scripts and makes the tests of each, in the order of the paths. */
void plan_read(struct plan *plan, const struct script_paths *paths,
               const struct suite_options *options);

/* Tells whether the selection leaves a test of this script, in any of its families. */
bool plan_selects(struct test_script *script, const struct suite_options *options);

/*
 * For what is done with scripts and not with tests: leaves out the scripts of which the selection
 * leaves no test. Standard input stays, because it can be read only once. Returns false, after a
 * message, when it leaves none.
 */
bool plan_select_scripts(struct script_paths *paths, const struct suite_options *options);

/* Leaves out tests that do not match the selection. */
void plan_select(struct plan *plan, const struct suite_options *options);

/*
 * Leaves out tests that passed in the last run. Leaves out nothing when all passed, or when nothing
 * is known.
 */
void plan_keep_failed(struct plan *plan, const struct suite_options *options);

/* Leaves only the tests of one shard. All shards take about the same time. */
void plan_shard(struct plan *plan, unsigned index, unsigned count);

/* Puts the longest first, or uses an order that the seed decides. */
void plan_sort_by_length(struct plan *plan);
void plan_shuffle(struct plan *plan, uint64_t seed);

/*
 * The tests from `first` on are sorted by length. Puts three of the shortest behind each of the
 * longest: a long test sleeps, and meanwhile the others have the processors.
 */
void plan_mix(struct plan *plan, size_t first);

/* Gives each test its place in the order of names, in which files report it. */
void plan_number_by_name(struct plan *plan);

/* Frees the list, and the tests from `first` on. */
void plan_free(struct plan *plan, size_t first);

#endif
