/*
 * A script in plain packetdrill, for the kernel's selftests. What is played stays as it is, or the
 * export is refused; an expectation for which packetdrill has no words becomes a comment that says
 * so.
 */
#ifndef TCPCLOSE_AUTHOR_EXPORT_H
#define TCPCLOSE_AUTHOR_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "script/ast.h"

struct export
{
	const struct script *script; /* its tree, with all events; of a table one row */
	const char *title;           /* path, and the row: "close.pkt[half]" */
	const struct sources *sources;
	const struct source_text *text; /* the script's own file, for its comments */
};

/*
 * False, after reporting each place that has no words in packetdrill, when the test cannot be said;
 * what was written to `out` by then is of no use.
 */
bool export_packetdrill(const struct export *export, struct arena *arena, struct diag *diag,
                        FILE *out);

#endif
