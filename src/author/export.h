/*
 * Writes a script in plain packetdrill, for the kernel's selftests. What is played stays the same,
 * or the export is refused. An expectation that packetdrill has no words for becomes a comment,
 * which says so.
 */
#ifndef TCPCLOSE_AUTHOR_EXPORT_H
#define TCPCLOSE_AUTHOR_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "script/ast.h"

struct export
{
	const struct script *script; /* its tree, with all events; of a table of cases, one row */
	const char *title;           /* its path, and the row: "close.pkt[half]" */
	const struct sources *sources;
	const struct source_text *text; /* the script's own file, for its comments */
};

/*
 * Returns false when packetdrill has no words for what is played, after reporting each such place.
 * What was written to `out` before is of no use then.
 */
bool export_packetdrill(const struct export *export, struct arena *arena, struct diag *diag,
                        FILE *out);

#endif
