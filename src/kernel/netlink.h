/* Asks the kernel by netlink: to set up the network, and for the state of a connection. */
#ifndef TCPCLOSE_KERNEL_NETLINK_H
#define TCPCLOSE_KERNEL_NETLINK_H

#include "host/host.h"

struct mnl_socket;

/*
 * Brings up lo and the interface `device`, with its MTU and a long queue, and gives it the local
 * address and the route to the remote prefix. All this is one message to the kernel.
 */
enum fault netlink_configure(const struct host_config *config, unsigned device, char *error);

/* Takes the device down. Its routes go with it. netlink_configure() brings all back. */
enum fault netlink_down(unsigned device, char *error);

/* A socket for sock_diag(7). */
struct netlink_diag {
	struct mnl_socket *socket;
	unsigned device; /* sockets that are bound to this interface are found, too */
	unsigned sequence;
	bool usable; /* it is known that the kernel has inet_diag and tcp_diag */
};

enum fault netlink_diag_open(struct netlink_diag *diag, unsigned device, char *error);
void netlink_diag_close(struct netlink_diag *diag);

/* See look_ops.observe. With IPv4 addresses, IPv6 sockets that speak IPv4 are found, too. */
bool netlink_diag_find(struct netlink_diag *diag, const struct tcp_tuple *tuple,
                       struct tcp_status *connection, char *error);

#endif
