/*
 * Where the words of an edit are really written: a value, or an action, may stand in the row of a
 * table of cases.
 */
#ifndef TCPCLOSE_VERDICT_HOME_H
#define TCPCLOSE_VERDICT_HOME_H

#include "script/cases.h"
#include "verdict/edits.h"

struct home {
	const struct sources *sources;
	const struct source_text *text; /* the script's own */
	const struct case_table *table;
	size_t row; /* that was played, when the table has rows */
};

/*
 * Moves an edit into the script's own text. False when it is not written there: it is in an
 * included file, or in a word that is defined, which may stand elsewhere, too.
 */
bool home_take(const struct home *home, struct edit *edit);

/* Is there a word in these, which are in `text`, that stands for something else? */
bool home_is_defined(const struct home *home, const struct source_text *text, struct range words);

#endif
