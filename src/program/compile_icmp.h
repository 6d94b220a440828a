/* An ICMP message. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_ICMP_H
#define TCPCLOSE_PROGRAM_COMPILE_ICMP_H

#include <stdbool.h>

#include "program/packet_parts.h"

/*
 * Compiles the message's type, code, numbers and quote. Returns false after reporting what is
 * wrong.
 */
bool compile_icmp(struct compiling *c, const struct packet_node *node, struct packet_build *build);

#endif
