/* Brings a script into its form (layout.h), and proves that it still means the same. */
#ifndef TCPCLOSE_SCRIPT_LAID_OUT_H
#define TCPCLOSE_SCRIPT_LAID_OUT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/defines.h"

/*
 * Returns the text in its form, in `arena`. `given` are words that are defined from outside.
 * Returns NULL when the text does not parse, which is then reported to `diag`. It also returns
 * NULL, without an error in `diag`, when the new text would have another tree: this is a fault in
 * tcpclose.
 */
const char *laid_out(const struct source_text *text, const struct defines *given,
                     struct sources *sources, struct arena *arena, struct diag *diag);

#endif
