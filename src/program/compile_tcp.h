/* The TCP header of a packet. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_TCP_H
#define TCPCLOSE_PROGRAM_COMPILE_TCP_H

#include <stdbool.h>

#include "program/packet_parts.h"

/* Is it made of flags' letters only? */
bool packet_flags_are(const char *word);

/* All of the segment; false after reporting what is wrong. */
bool compile_tcp(struct compiling *c, const struct packet_node *node, struct packet_build *build);

#endif
