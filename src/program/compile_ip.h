/* The IP header of a packet. */
#ifndef TCPCLOSE_PROGRAM_COMPILE_IP_H
#define TCPCLOSE_PROGRAM_COMPILE_IP_H

#include <stdbool.h>

#include "program/packet_parts.h"

/* Is it a word of the IP header? */
bool ip_word_is(const char *word);

/* One of (tos 0x10, flowlabel 0x1); false after reporting what is wrong with it. */
bool compile_ip_item(struct compiling *c, const struct expr *item, bool inbound,
                     struct packet_build *build);

#endif
