/*
 * What people write by habit, from C, tcpdump, a mail or another dialect of packetdrill, where a
 * script is written differently. These functions lead them to the right form.
 */
#ifndef TCPCLOSE_SCRIPT_HABITS_H
#define TCPCLOSE_SCRIPT_HABITS_H

#include <stddef.h>

#include "base/diag.h"

/*
 * Returns a hint for the first `length` bytes of a line with an error, or NULL. It is slow, so it
 * is meant for errors only.
 */
const char *habit_of_line(const char *line, size_t length);

/*
 * Reports a character of ASCII that means nothing in a script, or a byte that belongs to no text.
 */
void report_sign(struct diag *diag, struct range where, unsigned char sign);

/*
 * The same for a character beyond ASCII, in UTF-8. Many of these look like one that has a meaning.
 */
void report_character(struct diag *diag, struct range where, const char *text);

/* Reports a number with a unit, such as "10ms". */
void report_unit(struct diag *diag, struct range where, const char *text);

#endif
