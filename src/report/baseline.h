/*
 * Compares a run with an earlier one, of which there is a report in JSON: what fails now and did
 * not then, what does not fail any more, what has another verdict, and which tests are new or
 * removed. The earlier run may be from another machine, where the scripts were in another folder.
 */
#ifndef TCPCLOSE_REPORT_BASELINE_H
#define TCPCLOSE_REPORT_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "report/report.h"

/* A test of one of the runs. */
struct baseline_test {
	const char *name;
	enum verdict_kind kind;
	unsigned line;       /* the line in its script; 0: none */
	const char *summary; /* of this run, in one line */
	const struct baseline_test *other;
};

struct baseline_list {
	struct baseline_test *tests;
	size_t count, room;
};

struct baseline {
	struct arena *arena;
	const char *path;
	struct baseline_list before, now;
};

struct baseline *baseline_new(struct arena *arena, const char *path);

/* Adds a test to a list. */
void baseline_list_add(struct baseline *baseline, struct baseline_list *list,
                       const struct baseline_test *test);

/*
 * Reads the report of the earlier run. Returns NULL, or what is wrong with it. See baseline_read.c.
 */
const char *baseline_read(struct baseline *baseline);

/* A test of this run is over. */
void baseline_add(struct baseline *baseline, const struct report_test *test);

struct baseline_counts {
	size_t failures; /* they fail now, and did not before, or were not there */
	size_t gone;     /* they failed before, and do not fail now */
	size_t changed;  /* they have another verdict, but are none of these */
	size_t added, removed;
	size_t as_before; /* they fail as before */
	size_t invalid;   /* they tell nothing about the kernel now, and did before */
};

/*
 * Prints what differs, sorted by name within each kind, and a line that counts it. With `all`, this
 * run had all tests that there are; then tests that it does not have were removed.
 */
struct baseline_counts baseline_print(struct baseline *baseline, FILE *out, bool all);

#endif
