/* What is asked of the kernel by netlink: the network's set-up, and the state of a connection. */
#ifndef TCPCLOSE_KERNEL_NETLINK_H
#define TCPCLOSE_KERNEL_NETLINK_H

#include "host/host.h"

struct mnl_socket;

/*
 * Brings up lo and the interface `device`, with MTU and a long queue, and gives it the local
 * address and the route to the remote prefix. All in one message to the kernel.
 */
enum fault netlink_configure(const struct host_config *config, unsigned device, char *error);

/* Takes the device down; the routes by way of it go with it. netlink_configure() undoes this. */
enum fault netlink_down(unsigned device, char *error);

/* A socket to ask sock_diag(7) with. */
struct netlink_diag {
	struct mnl_socket *socket;
	unsigned device; /* a socket bound to this interface is found, too */
	unsigned sequence;
	bool usable; /* the kernel is known to have inet_diag and tcp_diag */
};

enum fault netlink_diag_open(struct netlink_diag *diag, unsigned device, char *error);
void netlink_diag_close(struct netlink_diag *diag);

/* See look_ops.observe. IPv4 addresses also find IPv6 sockets that speak IPv4. */
bool netlink_diag_find(struct netlink_diag *diag, const struct tcp_tuple *tuple,
                       struct tcp_status *connection, char *error);

#endif
