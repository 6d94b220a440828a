/* Brings a script into its form for an editor. */
#ifndef TCPCLOSE_EDITOR_FORM_H
#define TCPCLOSE_EDITOR_FORM_H

#include "base/json.h"
#include "script/defines.h"

/*
 * Returns the protocol's array of edits that bring a text into its form. The array is empty when
 * the text has the form already, or does not parse. `path` is where it would be read from. The
 * result belongs to the caller.
 */
json_t *form_edits(const char *path, const char *text, const struct defines *given);

#endif
