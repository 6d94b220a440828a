/* A script in its form (layout.h), with the proof that it means the same. */
#ifndef TCPCLOSE_SCRIPT_LAID_OUT_H
#define TCPCLOSE_SCRIPT_LAID_OUT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/defines.h"

/*
 * The text in its form, in `arena`. NULL when it does not parse, which `diag` is told, or when its
 * tree would be another one, which is a fault of ours: then there are no errors in `diag`. `given`
 * are words that are defined from outside.
 */
const char *laid_out(const struct source_text *text, const struct defines *given,
                     struct sources *sources, struct arena *arena, struct diag *diag);

#endif
