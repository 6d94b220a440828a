/* A connection's two ends. */
#ifndef TCPCLOSE_WIRE_TUPLE_H
#define TCPCLOSE_WIRE_TUPLE_H

#include <stdint.h>

#include "wire/address.h"

/* The addresses as they are in the kernel that is tested; ports in host order. */
struct tcp_tuple {
	struct ip_address local, remote;
	uint16_t local_port, remote_port; /* remote_port 0: the listener on local_port */
};

#endif
