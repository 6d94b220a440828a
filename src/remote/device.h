/*
 * The client's end of the wire: a device of the test's own namespace, tun0, that is a macvlan of
 * the device which was named. The named device keeps its addresses, its settings and its traffic;
 * when the namespace ends, tun0 ends with it.
 */
#ifndef TCPCLOSE_REMOTE_DEVICE_H
#define TCPCLOSE_REMOTE_DEVICE_H

#include "host/host.h"
#include "remote/wire_message.h"

#define DEVICE_NAME "tun0"

struct mnl_socket;

/*
 * Makes it in the namespace in which the process is now. `before` was opened in the one where
 * `parent` is, the index of the named device.
 */
enum fault device_make(struct mnl_socket *before, unsigned parent,
                       const uint8_t ethernet[ETHERNET_ADDRESS], unsigned *index, char *error);

/*
 * Turns off what would join or cut segments, and makes the gateway, or the remote address where
 * there is none, a neighbour with this Ethernet address.
 */
enum fault device_ready(const struct host_config *config, unsigned index,
                        const uint8_t neighbour[ETHERNET_ADDRESS], char *error);

#endif
