/* The IP header of a packet. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_IP_H
#define TCPCLOSE_PROGRAM_COMPILE_IP_H

#include <stdbool.h>

#include "program/packet_parts.h"

/* Tells whether it is a word of the IP header. */
bool ip_word_is(const char *word);

/*
 * Compiles an item of (tos 0x10, flowlabel 0x1). Returns false after reporting what is wrong with
 * it.
 */
bool compile_ip_item(struct compiling *c, const struct expr *item, bool inbound,
                     struct packet_build *build);

#endif
