/*
 * What a recording says of the world that it was made in: what host_config asked for. A line of it,
 * in which what is as usual is left out:
 *
 *   world 192.168.0.2/16 > 192.0.2.1/24 by 192.168.0.1, mtu 1400, sysctl net.ipv4.tcp_sack "0"
 */
#ifndef TCPCLOSE_HOST_RECORDED_WORLD_H
#define TCPCLOSE_HOST_RECORDED_WORLD_H

#include "host/host.h"

/* The line, without its end. */
void world_write(FILE *out, const struct host_config *config);

/*
 * Is the line of a recording (NULL: it has none) this world's? False: `error` has the difference.
 */
bool world_is(const char *recorded, const struct host_config *config, char error[FAULT_TEXT]);

#endif
