/*
 * The line of a recording about the world in which it was made: what host_config says, without what
 * is as usual:
 *
 *   world 192.168.0.2/16 > 192.0.2.1/24 by 192.168.0.1, mtu 1400, sysctl net.ipv4.tcp_sack "0"
 */
#ifndef TCPCLOSE_HOST_RECORDED_WORLD_H
#define TCPCLOSE_HOST_RECORDED_WORLD_H

#include "host/host.h"

/* Writes the line, without its end. */
void world_write(FILE *out, const struct host_config *config);

/*
 * Tells whether the line of a recording (NULL: it has none) describes this world. Returns false and
 * sets `error` to the difference when it does not.
 */
bool world_is(const char *recorded, const struct host_config *config, char error[FAULT_TEXT]);

#endif
