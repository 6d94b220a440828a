/* A row of a table in a document of claims: a claim, or the document that claims belong to. */
#ifndef TCPCLOSE_REPORT_CLAIMS_ROW_H
#define TCPCLOSE_REPORT_CLAIMS_ROW_H

#include <stdbool.h>

#include "base/arena.h"

struct claims_row {
	/* of a claim: D3-09, MUST-13, FW2t-ACK; of a document: D3, RFC9293 */
	const char *id;
	bool document;
	const char *text;   /* the second cell, "" when there is none */
	const char *states; /* "EST,CW" of ALL-SYN[EST,CW]; or NULL */
	/* Why no script can show it: the third cell, behind "not shown:"; or NULL. */
	const char *not_shown;
	/* What scripts have to assert: the last cell, behind "asks:"; or NULL. */
	const char *asks;
};

/* False: the line is neither. The texts are copied into the arena. */
bool claims_row(const char *line, struct arena *arena, struct claims_row *row);

#endif
