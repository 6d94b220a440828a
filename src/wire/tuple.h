/* The two ends of a connection. */
#ifndef TCPCLOSE_WIRE_TUPLE_H
#define TCPCLOSE_WIRE_TUPLE_H

#include <stdint.h>

#include "wire/address.h"

/* Addresses are those that the kernel under test uses; ports are in host byte order. */
struct tcp_tuple {
	struct ip_address local, remote;
	uint16_t local_port, remote_port; /* a remote_port of 0 means the listener on local_port */
};

#endif
