/* Which packets are a test's own: no others are sent, and no others are told. */
#ifndef TCPCLOSE_REMOTE_LIMITS_H
#define TCPCLOSE_REMOTE_LIMITS_H

#include "remote/wire_message.h"

/* May the server send this IP packet: is it from a remote address of the test to a local one? */
bool limits_may_send(const struct wire_start *start, const uint8_t *bytes, size_t size);

/*
 * Is this IP packet, which came from the client's device, the test's: from one of its local
 * addresses or to a remote one, and no neighbour discovery or multicast chatter?
 */
bool limits_may_tell(const struct wire_start *start, const uint8_t *bytes, size_t size);

#endif
