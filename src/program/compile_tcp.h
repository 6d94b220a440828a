/* The TCP header of a packet. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_TCP_H
#define TCPCLOSE_PROGRAM_COMPILE_TCP_H

#include <stdbool.h>

#include "program/packet_parts.h"

/* Tells whether the word has only letters of flags. */
bool packet_flags_are(const char *word);

/* Compiles the whole segment. Returns false after reporting what is wrong. */
bool compile_tcp(struct compiling *c, const struct packet_node *node, struct packet_build *build);

/* The name of a field that can stand behind the length ("ack"), from 0; NULL after the last. */
const char *packet_field_at(size_t index);

#endif
