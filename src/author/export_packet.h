/* Writes a segment in the words of packetdrill. */
#ifndef TCPCLOSE_AUTHOR_EXPORT_PACKET_H
#define TCPCLOSE_AUTHOR_EXPORT_PACKET_H

#include "author/exporting.h"

/*
 * *said becomes a copy in the arena, without what packetdrill cannot compare. An injected segment
 * is written as it is or not at all, because with another segment it would be another test.
 */
enum said export_packet(struct losses *losses, const struct packet_node *packet,
                        const struct packet_node **said);

/*
 * Tells whether the line expects a window scale that is left open. Then the memory must be
 * EXPORT_MEMORY.
 */
bool export_fixes_scale(const struct packet_node *packet);

enum { EXPORT_SCALE = 7 };
#define EXPORT_MEMORY "4096 131072 6291456" /* for net.ipv4.tcp_rmem: its window scale is 7 */

#endif
