/*
 * What people write by habit, from C, tcpdump, a mail or another dialect, where something else is
 * written here: what leads them to it.
 */
#ifndef TCPCLOSE_SCRIPT_HABITS_H
#define TCPCLOSE_SCRIPT_HABITS_H

#include <stddef.h>

#include "base/diag.h"

/*
 * A hint for a line that is no good, as long as `length`; or NULL. Meant for errors only: it takes
 * its time.
 */
const char *habit_of_line(const char *line, size_t length);

/* Reports a character that means nothing in a script: of ASCII, or a byte of no text at all. */
void report_sign(struct diag *diag, struct range where, unsigned char sign);

/* The same for one beyond ASCII, in UTF-8; many look like one that has a meaning. */
void report_character(struct diag *diag, struct range where, const char *text);

/* Reports a number with a unit, "10ms". */
void report_unit(struct diag *diag, struct range where, const char *text);

#endif
