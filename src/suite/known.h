/*
 * Known bugs. In a script:
 *
 *     known "the last FIN is lost" kernel < 6.12 commit 1a2b3c4d
 *
 * or in a line of a file (option --known; # begins a comment), where the tests stand first:
 *
 *     reset*ipv6    "no challenge" kernel >= 6.9 kernel < 6.9.4 link https://...
 *
 * All conditions must hold. `sometimes` means that the bug does not always show.
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
	/* A pattern for names of tests; NULL: those of the script that it is in. */
	const char *tests;
	const char *family; /* a pattern, or NULL */
	bool sometimes;
	bool here; /* this kernel has it */
	const struct known *next;
};

/* Reads those of a script. When one is not well formed, reports why and returns false. */
bool known_of_script(const struct directive_node *directives, struct arena *arena,
                     struct diag *diag, const struct known **list);

/* Reads those of a file, and puts them before *list. Returns false as above. */
bool known_of_file(const struct source_text *text, struct arena *arena, struct diag *diag,
                   const struct known **list);

/*
 * Returns the first one that is about the test and that this kernel has; NULL when there is none.
 */
const struct known *known_find(const struct known *list, const char *name, const char *family);

#endif
