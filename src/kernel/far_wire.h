/*
 * A wire of the running kernel that does not end in this process, as a TUN device does, but at
 * another host. Who makes it (remote/client.c) is asked by host_kernel.c.
 */
#ifndef TCPCLOSE_KERNEL_FAR_WIRE_H
#define TCPCLOSE_KERNEL_FAR_WIRE_H

#include "host/host.h"

/* A packet that was seen at the other host. */
struct far_packet {
	const uint8_t *bytes; /* valid until the next question */
	size_t captured, length;
	usec_t at; /* by our clock */
};

enum far_result { FAR_NONE, FAR_PACKET, FAR_BROKEN };

/* Each is called with `context`. A function that fails leaves a sentence in `error`. */
struct far_wire {
	void *context;
	/* Makes the device tun0 in the namespace in which we are now. */
	enum fault (*device)(void *context, unsigned *index, char *error);
	/* The device has its addresses, and it is up: now it may carry packets. */
	enum fault (*ready)(void *context, const struct host_config *config, unsigned index,
	                    char *error);
	/* Gives a packet to the kernel from outside. *at is just before, by our clock. */
	bool (*inject)(void *context, const uint8_t *bytes, size_t length, usec_t *at, char *error);
	/* Takes the next packet that has come. */
	enum far_result (*next)(void *context, struct far_packet *packet, char *error);
	/* Waits until all that the other host has seen by now has come. */
	bool (*sync)(void *context, char *error);
	int descriptor; /* can be read when something may have come */
};

#endif
