/*
 * Writes a segment that came as the line of a script: what must change in a line that wanted
 * another segment, or a whole line where there is none. The functions depend on their arguments
 * only.
 */
#ifndef TCPCLOSE_VERDICT_MEND_H
#define TCPCLOSE_VERDICT_MEND_H

#include "verdict/edits.h"
#include "verdict/match.h"

/*
 * Adds the edits that make the line which wanted `want` right for what was seen. Each field that
 * differs is written again; what the line leaves open stays open. Gives up when a field cannot be
 * written.
 */
void mend_packet(const struct packet_want *want, const struct script_segment *seen,
                 const struct mismatches *mismatches, struct edits *edits);

/* Adds the ports to a line that has other ports, or none. */
void mend_ports(const struct packet_want *want, uint16_t source, uint16_t destination,
                struct edits *edits);

/*
 * Writes the line that would expect a segment: "> F. 1:1(0) ack 1". What the kernel chooses itself
 * is left open: the values of timestamps, and the scale of its window. Returns false when a script
 * cannot express the segment.
 */
bool mend_line(const struct segment *seen, bool ports, char text[EDIT_TEXT]);

#endif
