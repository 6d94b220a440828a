/* A script in its form, as an editor asks for it. */
#ifndef TCPCLOSE_EDITOR_FORM_H
#define TCPCLOSE_EDITOR_FORM_H

#include "base/json.h"
#include "script/defines.h"

/*
 * The protocol's array of edits that give a text, which would be read from `path`, its form: none
 * when it has it already, or does not parse. The caller's.
 */
json_t *form_edits(const char *path, const char *text, const struct defines *given);

#endif
