/*
 * Bugs that are known. In a script:
 *
 *     known "the last FIN is lost" kernel < 6.12 commit 1a2b3c4d
 *
 * or, with the tests it is about in front, a line of a file (--known; # begins a comment):
 *
 *     reset*ipv6    "no challenge" kernel >= 6.9 kernel < 6.9.4 link https://...
 *
 * All conditions must hold. `sometimes` stands for a bug that does not always show.
 */
#ifndef TCPCLOSE_SUITE_KNOWN_H
#define TCPCLOSE_SUITE_KNOWN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "report/report.h"
#include "script/ast.h"

struct known {
	struct report_known told;
	const char *tests;  /* pattern of names; NULL: those of the script it is in */
	const char *family; /* pattern, or NULL */
	bool sometimes;
	bool here; /* in this kernel */
	const struct known *next;
};

/* Those of a script. False, after reporting why, when one is not well formed. */
bool known_of_script(const struct directive_node *directives, struct arena *arena,
                     struct diag *diag, const struct known **list);

/* Those of a file, in front of *list. False as above. */
bool known_of_file(const struct source_text *text, struct arena *arena, struct diag *diag,
                   const struct known **list);

/* The first that is about the test and in this kernel; NULL: none is. */
const struct known *known_find(const struct known *list, const char *name, const char *family);

#endif
