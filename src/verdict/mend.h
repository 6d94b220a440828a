/*
 * A segment that came, as the line of a script: what of a line that wanted another has to change,
 * or the whole of a line that is not there. Pure functions of their arguments.
 */
#ifndef TCPCLOSE_VERDICT_MEND_H
#define TCPCLOSE_VERDICT_MEND_H

#include "verdict/edits.h"
#include "verdict/match.h"

/*
 * Adds what makes the line that wanted `want` right for what was seen: each field that differs is
 * written anew, and what the line leaves open stays so. Gives up where a field cannot be written.
 */
void mend_packet(const struct packet_want *want, const struct script_segment *seen,
                 const struct mismatches *mismatches, struct edits *edits);

/* The ports in a line that names others, or none. */
void mend_ports(const struct packet_want *want, uint16_t source, uint16_t destination,
                struct edits *edits);

/*
 * "> F. 1:1(0) ack 1": the line that would expect a segment. What is the kernel's own choice is
 * left open: values of timestamps, the scale of its window. False when a script cannot say it.
 */
bool mend_line(const struct segment *seen, bool ports, char text[EDIT_TEXT]);

#endif
