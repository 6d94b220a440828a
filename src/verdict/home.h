/*
 * Finds where the words of an edit are really written: a value or an action may come from the row
 * of a table of cases.
 */
#ifndef TCPCLOSE_VERDICT_HOME_H
#define TCPCLOSE_VERDICT_HOME_H

#include "script/cases.h"
#include "verdict/edits.h"

struct home {
	const struct sources *sources;
	const struct source_text *text; /* the text of the script itself */
	const struct case_table *table;
	size_t row; /* the row that was played, when the table has rows */
};

/*
 * Moves an edit into the script's own text. Returns false when it is not written there, but in a
 * file that is included, or in a word that is defined and may stand elsewhere, too.
 */
bool home_take(const struct home *home, struct edit *edit);

/* Tells whether one of these words, which are in `text`, stands for something else. */
bool home_is_defined(const struct home *home, const struct source_text *text, struct range words);

#endif
