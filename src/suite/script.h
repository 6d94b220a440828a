/* A script, or one row of its table of cases, read: what its tests have in common. */
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
	const char *case_name; /* NULL: it has no table */
	size_t case_index;     /* of its row */
	size_t case_count;     /* rows of the table; 1 without one */
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct script *tree;     /* NULL when there is none */
	struct program *program; /* of the only family; NULL: compiled for each, from the tree */
	struct settings settings;
	unsigned ip_versions; /* 1 << enum ip_version: those to be tested */
	usec_t length;        /* what it takes when all goes as written */
	const char *missing;  /* why it is to be skipped, or NULL */
	const struct known *known;
	bool warned;       /* its warnings were printed */
	size_t tests_left; /* the last one to be done with frees it */
};

void test_script_free(struct test_script *script);

/* The directives of a script that may have none. */
const struct directive_node *test_script_directives(const struct test_script *script);

#endif
