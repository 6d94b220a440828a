/* A script that was read, or one row of its table of cases: what its tests have in common. */
#ifndef TCPCLOSE_SUITE_SCRIPT_H
#define TCPCLOSE_SUITE_SCRIPT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "program/program.h"
#include "program/settings.h"
#include "script/ast.h"
#include "suite/known.h"
#include "suite/options.h"
#include "suite/script_file.h"

struct test_script {
	struct script_file *file;
	const char *path;
	const char *case_name; /* NULL: the script has no table */
	size_t case_index;     /* the index of its row */
	size_t case_count;     /* the number of rows; 1 without a table */
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct script *tree; /* NULL when there is none */
	/*
	 * For a script with only one family; NULL: it is compiled for each family, from the tree.
	 */
	struct program *program;
	struct settings settings;
	unsigned ip_versions;              /* a set of 1 << enum ip_version: those to be played */
	usec_t length;                     /* how long it takes when all goes as written */
	const char *missing[SUBJECTS_MAX]; /* why it is skipped on a subject, or NULL */
	/* It wants another version of this tool, which need not be able to read it; or NULL. */
	const char *other_tool;
	const struct known *known;
	bool for_stack;    /* it has a line "requires stack" */
	bool warned;       /* its warnings were printed */
	size_t tests_left; /* the last test that ends frees the script */
};

void test_script_free(struct test_script *script);

/* The directives of a script; NULL when it has none. */
const struct directive_node *test_script_directives(const struct test_script *script);

#endif
