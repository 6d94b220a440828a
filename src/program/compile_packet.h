/* Packets and their alternatives ("or"). */
#ifndef TCPCLOSE_PROGRAM_COMPILE_PACKET_H
#define TCPCLOSE_PROGRAM_COMPILE_PACKET_H

#include "program/compiling.h"
#include "script/ast.h"

/* Returns NULL after reporting what is wrong. */
struct packet_want *compile_packet(struct compiling *c, const struct packet_node *node);

#endif
