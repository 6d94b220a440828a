/* The wire client (--wire_client): the running kernel's packets go by a wire server. */
#ifndef TCPCLOSE_REMOTE_CLIENT_H
#define TCPCLOSE_REMOTE_CLIENT_H

#include "host/host.h"

struct wire_client {
	const char *server; /* its name or address */
	unsigned port;
	const char *device, *key_file;
};

/*
 * Makes a world as host_kernel_open() does, but its device tun0 belongs to the named device, and
 * what it sends and gets goes through the server. One can be open at a time.
 */
struct host *host_remote_open(const struct wire_client *client, const struct host_config *config,
                              enum fault *failure, char error[FAULT_TEXT]);

#endif
